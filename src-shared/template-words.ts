import type { MessageBody } from './entry.ts'
import type { Template } from './template.ts'

type Slot = Extract<Template, { type: 'TimePicker' }>['slots'][number]
/** A time as its reader wants it. */
export type SlotText = (slot: Slot, zoneOffset: number | null) => string

export interface TemplateLine {
  readonly text: string
  readonly isChoice: boolean
}

/** All that an interactive message says, a line each, in the order in which it is drawn. */
export function templateLines(template: Template, slotText: SlotText): readonly TemplateLine[] {
  const lines = [line(template.title), line(template.subtitle ?? '')]
  switch (template.type) {
    case 'ListPicker':
    case 'Panel':
    case 'QuickReply':
      for (const { title, subtitle, imageDescription, url } of template.choices) {
        lines.push(choice(title), line(subtitle ?? ''), line(imageDescription ?? ''), line(url ?? ''))
      }
      break
    case 'Carousel':
      lines.push(...template.cards.flatMap((card) => templateLines(card, slotText)))
      break
    case 'TimePicker':
      lines.push(line(template.location ?? ''))
      lines.push(...template.slots.map((slot) => choice(slotText(slot, template.zoneOffset))))
      break
    case 'Response':
      lines.push(line(template.action))
      lines.push(
        ...template.fields.map(({ label, value }) => line(label === '' ? value : `${label}: ${value}`)),
      )
      break
    case 'ViewResource':
    case 'Unknown':
      break
  }
  return [...lines, ...(template.more ?? []).map(line)].filter(({ text }) => text !== '')
}

export function templateWords(template: Template, slotText: SlotText): readonly string[] {
  return templateLines(template, slotText).map(({ text }) => text)
}

/** The words of a message, all of them: what is searched, what is exported, what a row shows the beginning of. */
export function bodyText(body: MessageBody, slotText: SlotText): string {
  switch (body.kind) {
    case 'text':
    case 'markdown':
    case 'json':
      return body.text
    case 'unknown':
      return body.summary
    case 'template':
      return templateLines(body.template, slotText)
        .map(({ text, isChoice }) => (isChoice ? `- ${text}` : text))
        .join('\n')
  }
}

function line(text: string): TemplateLine {
  return { text, isChoice: false }
}

function choice(text: string): TemplateLine {
  return { text, isChoice: true }
}
