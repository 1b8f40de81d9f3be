/**
 * The files a paste is about; none when it is about text. File managers put the names of the files beside them as
 * text, so files win, but office programs put a picture of what was copied beside rich text, and there the text wins.
 */
export function pastedFiles(board: DataTransfer): readonly File[] {
  const files = [...board.files]
  const isRich = board.types.includes('text/html') || board.types.includes('text/rtf')
  const isRendition = files.every(({ type }) => type.startsWith('image/'))
  const hasText = board.getData('text/plain').trim() !== ''
  return hasText && isRich && isRendition ? [] : files
}
