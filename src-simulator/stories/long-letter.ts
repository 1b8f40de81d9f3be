import type { Script } from '../customers/script.ts'
import { bot, carousel, customer } from './templates.ts'

/** Writes long, many-lined messages, waits for an answer to the main point, and ends the chat himself. */
export const longLetter: Script = {
  name: 'long-letter',
  customerName: 'Daniel Whitcombe',
  language: 'en',
  queue: 'Billing',
  attributes: {
    Order: 'AH-196042',
    Item: 'Kitchen “Farley”, 14 units',
    Tier: 'Platinum',
    Language: 'English (UK)',
    Queue: 'Billing',
    'Entry page': '/account/invoices',
  },
  prelude: [
    bot('Good morning. Which of your orders is it about?'),
    carousel('orders', 'Your orders', [
      {
        title: 'Kitchen “Farley”',
        subtitle: 'AH-196042, delivered in three parts',
        choices: [{ title: 'Invoice' }, { title: 'Delivery' }],
      },
      {
        title: 'Bar stools, set of four',
        subtitle: 'AH-196107',
        choices: [{ title: 'Invoice' }, { title: 'Return' }],
      },
    ]),
    customer('{"templateIdentifier":"orders-1","listTitle":"Your orders","selectionText":"Invoice"}'),
    bot('Thank you. I’m passing this on to Billing.'),
  ],
  opening: [
    [
      'Good morning. This is about the invoice for the kitchen, and I’ll try to set it out in order so that we don’t have to go round in circles:',
      '',
      '1. The quote of 11 January was £6,420.00, including fitting.',
      '2. On 2 February two wall units were taken off (we kept the old shelf). That should have been £380.00 less.',
      '3. The invoice I received yesterday is for £6,605.00. It lists “delivery, third part” at £185.00, which was never mentioned.',
      '',
      'So by my reckoning it should read £6,040.00, and I have been asked for £565.00 more than that.',
    ].join('\n'),
    'I’m happy to pay what we agreed, the fitters did a lovely job. I’d just like the paper to match.',
  ],
  reactions: [
    {
      when: /third (part|delivery)|185|delivery (fee|charge|cost)/i,
      then: [
        [
          'The third delivery was only needed because two doors were missing from the second one.',
          'Your driver wrote that on the slip himself:',
          '',
          '    “2 x door 396 short, to follow free of charge. R.”',
          '',
          'I can send it over if you need it.',
        ].join('\n'),
      ],
    },
    {
      when: /slip|send it|copy|document|photo|proof/i,
      then: [
        {
          send: 'document',
          name: 'delivery-slip-2.pdf',
          lines: [
            'Alder Home - delivery slip 2 of 3',
            'Order AH-196042',
            '2 x door 396 short, to follow free of charge. R.',
          ],
        },
      ],
    },
    {
      when: /wall units?|380|credit note|correct(ed)? invoice|new invoice/i,
      then: [
        'Thank you. If the corrected invoice shows both, the £380.00 and the £185.00, we’re square and I’ll pay it today.',
      ],
    },
    {
      when: /6,?040|both (lines|items|amounts)|corrected|sent|on its way|adjusted|3 (to|-|–) 5|refund/i,
      then: [
        'Splendid. That’s all I wanted.',
        'I have to run now, the kettle is on and my wife is asking who I’m writing novels to. Thank you very much, and goodbye.',
      ],
      andLeaves: true,
    },
    {
      when: /quote|january|agreed/i,
      then: ['The quote has the number Q-88120, if that is easier to find than the order.'],
    },
  ],
  impatience: { afterSeconds: 150, lines: ['No hurry, I’ll make a cup of tea in the meantime.'] },
  pace: 1.3,
}
