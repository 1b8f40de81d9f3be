import { z } from 'zod'

/** What was pointed at in a message when its menu was asked for, and where. */
export const MessageMenu = z.strictObject({
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  hasSelection: z.boolean(),
  isLink: z.boolean(),
  isPicture: z.boolean(),
  /** False where there is no composer to quote into. */
  canQuote: z.boolean(),
})
export type MessageMenu = z.infer<typeof MessageMenu>

/** What the page does itself; the rest main has done. */
export const messageChoices = ['copy-link', 'copy-message', 'copy-named', 'quote'] as const
export type MessageChoice = (typeof messageChoices)[number]
