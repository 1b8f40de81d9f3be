import type { Script } from '../customers/script.ts'
import { bot, customer, quickReply } from './templates.ts'

/** Somebody took the day off for a van that never came. He does not like to wait. */
export const missedDelivery: Script = {
  name: 'missed-delivery',
  customerName: 'Jonas Lindqvist',
  language: 'en',
  queue: 'Delivery',
  attributes: {
    Order: 'AH-205119',
    Item: 'Wardrobe “Skara”, 3 doors',
    Tier: 'Standard',
    Language: 'English (UK)',
    Queue: 'Delivery',
    'Entry page': '/track/AH-205119',
  },
  prelude: [
    bot('Hello, I’m the Alder assistant. What is it about?'),
    customer('my wardrobe was supposed to be here between 8 and 12'),
    quickReply('delivery-status', {
      title: 'Order AH-205119 is marked as delivered at 10:42. Is that right?',
      choices: [{ title: 'Yes' }, { title: 'No, nothing arrived' }],
    }),
    customer('No, nothing arrived'),
    bot('I’m sorry. I’m connecting you to our delivery team.'),
  ],
  opening: [
    'Hi. Tracking says delivered. It is NOT delivered.',
    'I took a day off for this',
    'Where is it??',
  ],
  reactions: [
    {
      when: /neighbo[u]?r|safe place|reception|porter|garage|front door/i,
      then: [
        'I asked both neighbours. Nobody saw a van. And it’s a wardrobe, 90 kilos, you don’t leave that behind a bin.',
      ],
    },
    {
      when: /driver|depot|warehouse|carrier/i,
      then: [
        'So call the driver. He has a phone, doesn’t he?',
        'There was a missed call at 10:40 from a number ending in 77, was that him?',
      ],
    },
    {
      when: /tomorrow|re-?deliver|new (date|slot)|reschedul|another day/i,
      then: ['Tomorrow only works before 9. After that I’m at work all day.', 'And who pays for my day off?'],
    },
    {
      when: /before (9|nine)|first (slot|thing)|7|8 ?(am|o.clock)/i,
      then: ['OK. Before nine, in writing please.'],
    },
    {
      when: /confirm|in writing|email|noted/i,
      then: ['Good. Thanks for getting on with it.'],
    },
    { when: /cancel/i, then: ['No, I don’t want to cancel, I want the wardrobe.'] },
  ],
  impatience: {
    afterSeconds: 25,
    lines: [
      'Hello?',
      'Hello? Are you still there?',
      'I can see you’re online',
      'This is taking longer than the delivery',
    ],
  },
  pace: 1.6,
}
