import { h, type FunctionalComponent } from 'vue'
import { renderMarkdown, renderPlain } from '../markdown.ts'

/** The words of a message: vnodes made from its text, never HTML. */
export const MessageText: FunctionalComponent<
  { text: string; isMarkdown: boolean },
  { openLink: (url: string, text: string) => void }
> = ({ text, isMarkdown }, { emit }) => {
  const render = isMarkdown ? renderMarkdown : renderPlain
  return h(
    'div',
    { class: 'words' },
    render(text, (url, words) => emit('openLink', url, words)),
  )
}
MessageText.props = { text: { type: String, required: true }, isMarkdown: Boolean }
MessageText.emits = { openLink: (url: string, _text: string) => url !== '' }
