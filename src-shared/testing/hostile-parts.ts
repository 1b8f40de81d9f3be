import fc from 'fast-check'
import { hostileBulk, hostileCharacters, hostileMarkup } from './hostile-texts.ts'

export const bait = 'https://evil.example'

/** Anything somebody may write: markup, deceit, halves of characters, and now and then far too much of it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileMarkup(bait)) },
  { weight: 4, arbitrary: fc.constantFrom(...hostileCharacters) },
  {
    weight: 6,
    arbitrary: fc
      .array(
        fc.constantFrom(...hostileMarkup(bait), ...hostileCharacters, '*', '_', '`', '[', '](', '<', '\n'),
        {
          maxLength: 6,
        },
      )
      .map((parts) => parts.join('')),
  },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.json() },
)

/** The same, with texts of up to 100,000 characters now and then. */
export const longText = fc.oneof(
  { weight: 60, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.constantFrom(...hostileBulk) },
)

/** Some of them come twice. */
export const hostileId = fc.oneof(
  { weight: 5, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.nat(40).map(String) },
)

const address = fc.constantFrom(
  bait,
  'javascript:alert(1)',
  'JAVASCRIPT://x%0aalert(1)',
  ' data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'mailto:a@b.example?subject=x',
  '//evil.example/x',
  'https://user:pass@evil.example/',
  'https://evil.example/"onmouseover="alert(1)',
)

export const hostileUrl = fc.oneof(address, hostileText)
