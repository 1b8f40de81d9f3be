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
