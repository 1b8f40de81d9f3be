import type { Template } from '#shared/template.ts'
import type { IconName } from '../../ui/icon-paths.ts'

const kinds = {
  ListPicker: { name: 'List picker', icon: 'list' },
  TimePicker: { name: 'Time picker', icon: 'clock' },
  Panel: { name: 'Panel', icon: 'panel' },
  QuickReply: { name: 'Quick reply', icon: 'list' },
  Carousel: { name: 'Carousel', icon: 'swap' },
  ViewResource: { name: 'Guide', icon: 'file-text' },
  Response: { name: 'Answer', icon: 'check' },
  Unknown: { name: 'Interactive message', icon: 'info' },
} as const satisfies Record<Template['type'], { name: string; icon: IconName }>

export function templateKind(template: Template): { readonly name: string; readonly icon: IconName } {
  return kinds[template.type]
}

const slotTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

export function slotText(slot: { readonly at: number; readonly minutes: number | null }): string {
  const at = slotTime.format(slot.at)
  return slot.minutes === null ? at : `${at}, ${slot.minutes} min`
}
