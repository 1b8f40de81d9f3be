import type { Script } from '../customers/script.ts'
import { bot, customer } from './templates.ts'

/** Comes back after an earlier chat that settled half of it, with notes of what was said. */
export const warrantyQuestion: Script = {
  name: 'warranty-question',
  customerName: 'Yuki Tanabe',
  language: 'en',
  queue: 'Returns',
  attributes: {
    Order: 'AH-187755',
    Item: 'Desk “Varde”, height-adjustable',
    Tier: 'Gold',
    Language: 'English (UK)',
    Queue: 'Returns',
    'Entry page': '/help/warranty',
  },
  before: [
    customer('My desk stops halfway up and shows E04'),
    bot('I’m passing you to a colleague.'),
    {
      from: 'agent',
      text: 'Hello Yuki, E04 is usually the cable between motor and control box. Could you plug it in again?',
    },
    customer('It worked once and then stopped again'),
    {
      from: 'agent',
      text: 'Thank you for trying. I’ve asked for a new control box, it should be with you within a week.',
    },
    customer('Great, thanks'),
  ],
  prelude: [
    customer('hello, it’s about the desk again'),
    bot('Welcome back, Yuki. I’m connecting you to the same team.'),
  ],
  opening: [
    'Hi! I wrote last week about the desk with E04. The new control box came, but now the desk goes up by itself at night. My cat has opinions about this.',
    'Is that still covered by the warranty, or was the swap the end of it?',
  ],
  reactions: [
    {
      when: /notes?|what (did|happened)|describe|details|when (did|does)|log/i,
      then: [
        'I wrote down when it moved, I’ll send you the list',
        {
          send: 'notes',
          name: 'desk-log.txt',
          lines: [
            'Mon 02:14  up to 118 cm',
            'Mon 02:15  down again by hand',
            'Tue 03:40  up to 118 cm, cat on top',
            'Thu 02:12  up to 118 cm',
            'Memory 3 is set to 118 cm',
          ],
        },
        'It always stops at the height of memory 3, if that helps.',
      ],
    },
    {
      when: /memory|reset|hold .* button|button|unplug|firmware/i,
      then: [
        'I’ve unplugged it for the night. How do I clear memory 3, by holding the button for five seconds?',
      ],
    },
    {
      when: /warranty|covered|guarantee|five years|5 years/i,
      then: ['That’s a relief. Do I need the receipt? I only have the email.'],
    },
    {
      when: /technician|engineer|visit|appointment|replace/i,
      then: ['A visit would be fine. I work from home, so any weekday after ten.'],
    },
    {
      when: /label|send (it )?back|return/i,
      then: ['I can print a label. Does the old control box go back in the same parcel?'],
    },
    { when: /cat/i, then: ['She is fine. She sleeps on the chair now.'] },
  ],
  impatience: { afterSeconds: 120, lines: ['It just went up again, by the way.'] },
}
