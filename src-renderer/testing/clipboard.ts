/** A clipboard with these texts, by type, and these files. */
export function aBoard(texts: Readonly<Record<string, string>>, ...files: readonly File[]): DataTransfer {
  const board = new DataTransfer()
  for (const [type, text] of Object.entries(texts)) board.setData(type, text)
  for (const file of files) board.items.add(file)
  return board
}
