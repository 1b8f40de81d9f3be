import type { Script } from '../customers/script.ts'
import { bot, customer, listPicker } from './templates.ts'

/** A table arrives broken; a photo proves it. */
export const crackedLeg: Script = {
  name: 'cracked-leg',
  customerName: 'Amara Okafor',
  language: 'en',
  queue: 'Returns',
  attributes: {
    Order: 'AH-204871',
    Item: 'Oak dining table, 180 cm',
    Tier: 'Gold',
    Language: 'English (UK)',
    Queue: 'Returns',
    'Entry page': '/help/returns/damaged',
  },
  prelude: [
    customer('Is the oak table still arriving tomorrow morning?'),
    bot('Yes. Order AH-204871 is due Thursday, 8:00 to 10:00.'),
    bot('Welcome back, Amara.'),
    listPicker('order-problem', {
      title: 'What went wrong with your order?',
      subtitle: 'Tap one, then a colleague takes over',
      reply: 'Thanks, passing you on',
      choices: [
        { title: 'It hasn’t arrived' },
        { title: 'Something is damaged or missing', subtitle: 'Furniture, fittings, glass' },
        { title: 'I want to change it' },
      ],
    }),
    customer('Something is damaged or missing'),
    bot('Thank you. A colleague from Returns joins in a moment.'),
  ],
  opening: [
    'The table came this morning but one leg is cracked right through 😕 Order is AH-204871',
    'It’s the back left one. It stands, but I don’t dare put anything on it.',
  ],
  reactions: [
    {
      when: /photo|picture|image|snap|show me/i,
      then: [
        'Sure, one second, I have to move the boxes first',
        { send: 'photo', name: 'IMG_4412.png' },
        'There. You can see it goes all the way to the floor.',
      ],
    },
    {
      when: /new leg|replacement leg|spare|just the leg/i,
      then: ['A new leg is fine. Is it the same oak? The label says OAK-214'],
    },
    {
      when: /oak-?214|same (oak|batch|wood)/i,
      then: ['That works, thank you. Should I keep the broken leg?'],
    },
    {
      when: /new table|whole table|exchange|swap|replace/i,
      then: ['I’d rather not take the whole thing apart again. Could you send only the part?'],
    },
    {
      when: /recycle|keep (it|the)|throw|dispose|bin/i,
      then: ['Good, then it goes to the recycling on Saturday. That’s everything from me!'],
    },
    {
      when: /saturday|tuesday|\bdeliver/i,
      then: ['Saturday suits me. Before noon would be best, we have guests at two.'],
    },
    {
      when: /bolts|tools?|fit(ting)?|assembl/i,
      then: ['I still have the hex key from the box. Are the bolts included this time?'],
    },
  ],
  impatience: { afterSeconds: 100, lines: ['Are you still with me?'] },
}
