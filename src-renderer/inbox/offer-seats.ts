/** An offer keeps its place while it is open; what is left free is taken by the next one. */
export function seatOffers(
  before: readonly (string | null)[],
  open: readonly string[],
): readonly (string | null)[] {
  const seats = before.map((offerId) => (offerId !== null && open.includes(offerId) ? offerId : null))
  for (const offerId of open) {
    if (seats.includes(offerId)) continue
    const free = seats.indexOf(null)
    if (free < 0) seats.push(offerId)
    else seats[free] = offerId
  }
  while (seats.length < fewestSeats) seats.push(null)
  while (seats.length > fewestSeats && seats.at(-1) === null) seats.pop()
  return seats
}

const fewestSeats = 2
