import type { Chat } from '#shared/model.ts'
import { counted } from '../ui/time.ts'

export interface FilesNote {
  readonly tone: 'edit' | 'bad'
  readonly text: string
}

/** What there is to say of own files that the customer does not have yet; the worst first. */
export function filesNote({ filesOut, link }: Pick<Chat, 'filesOut' | 'link'>): FilesNote | null {
  const { staged, moving, failed } = filesOut
  if (failed > 0) return { tone: 'bad', text: `${counted(failed, 'file')} not sent` }
  if (moving > 0) return { tone: 'edit', text: `sending ${counted(moving, 'file')}` }
  if (staged > 0 && link.phase !== 'ended')
    return { tone: 'edit', text: `${counted(staged, 'file')} not sent yet` }
  return null
}
