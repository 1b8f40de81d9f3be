import type { Upload } from '#shared/model.ts'
import { isUnderWay } from '../chat/uploads.ts'

/** What ending the chat now means for the files on their way out, one sentence for each kind. */
export function filesLeft(uploads: readonly Upload[]): readonly string[] {
  const scanned = uploads.filter(({ state }) => state.phase === 'scanning').length
  const moving = uploads.filter(isUnderWay).length - scanned
  const failed = uploads.filter(({ state }) => state.phase === 'failed').length
  const staged = uploads.filter(({ state }) => state.phase === 'staged').length
  return [
    told(staged, 'added but not sent', 'will not be sent'),
    told(
      moving,
      'still being sent',
      'has to arrive or be cancelled first',
      'have to arrive or be cancelled first',
    ),
    told(failed, 'not sent', 'will not reach the customer'),
    told(scanned, 'still being scanned', 'may not reach the customer'),
  ].filter((sentence) => sentence !== '')
}

function told(
  count: number,
  ...[state, one, many = one]: [state: string, one: string, many?: string]
): string {
  if (count === 0) return ''
  return count === 1 ? `One file is ${state} and ${one}.` : `${count} files are ${state} and ${many}.`
}
