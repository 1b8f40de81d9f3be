/** A hand moved. A browser tells of a move also when the page moved under a pointer that rests. */
export function isMove({ movementX, movementY }: Pick<PointerEvent, 'movementX' | 'movementY'>): boolean {
  return movementX !== 0 || movementY !== 0
}
