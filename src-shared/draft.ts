/** A draft beyond this is not kept; the page says so. Far above what any message may have. */
export const mostDraftCharacters = 1_000_000
