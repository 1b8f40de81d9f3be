import type { Phrases } from './script.ts'

export const english: Phrases = {
  reactions: [
    {
      when: /\b(good ?bye|bye|have a (nice|good|great|lovely) (day|one|weekend|evening)|take care)\b/i,
      then: ['You too. Thanks again for sorting this out, bye!'],
      andLeaves: true,
    },
    {
      when: /anything else|something else|other questions?|further help/i,
      then: ['No, that was everything. Thank you for your help today.'],
    },
    {
      when: /\b(order|reference) ?(number|no\b|id)|which order/i,
      then: [
        'It’s {order}.',
        'I have it here in front of me in the confirmation email, so tell me if you need any other detail from it.',
      ],
    },
    {
      when: /\b(e-?mail( address)?|contact details|phone number|mobile)\b/i,
      then: [
        'The email on the account is the right one. You can also ring me, but not before five, I’m at work.',
      ],
    },
    {
      when: /\b(post ?code|zip|address)\b/i,
      then: ['Same address as on the order, the house at the end of the lane. The postcode is LS6 2QT.'],
    },
    {
      when: /one moment|just a (moment|minute|sec)|bear with|let me (check|look|see)|i'?ll (check|look)|hold on/i,
      then: ['Sure, take your time. I’m here.'],
    },
    {
      when: /\b(sorry|apologi[sz]e|apologies)\b/i,
      then: ['Thank you. I know it isn’t your fault, I’d just like to have it settled.'],
    },
    {
      when: /\brefund/i,
      then: ['How long does a refund take to show up, and does it go back to the same card?'],
    },
    {
      when: /working days|business days|\b\d+ (to|-|–) \d+ days/i,
      then: ['OK, I can live with that. Will I get an email when it has gone through?'],
    },
    {
      when: /\b(collect|collection|pick ?up|courier)\b/i,
      then: [
        'Someone is at home on Thursday and Friday, any time after eight. Do they ring before they come?',
      ],
    },
    {
      when: /\b(voucher|discount|credit|goodwill)\b/i,
      then: ['That’s kind of you, thanks. I didn’t expect that.'],
    },
    { when: /how are you/i, then: ['Fine, thanks. A bit tired of unpacking boxes.'] },
    {
      when: /\b(hello|hi|hey|good (morning|afternoon|evening)|welcome)\b/i,
      then: ['Hello, thanks for joining so quickly.'],
    },
    { when: /\b(thank you|thanks|cheers)\b/i, then: ['No problem at all.'] },
  ],
  unsure: [
    'I’m not sure. When you ask “{quote}”, do you mean for order {order}?',
    'Honestly I’d have to look that up. Is it important for sorting out the {item}?',
    'Good question about “{quote}”. I don’t think so, no.',
    'Yes, I think so. Does it change anything for my order?',
  ],
  assent: [
    'OK, that makes sense.',
    'Right, understood: “{quote}”.',
    'Fine by me. What happens next?',
    'Thanks for explaining.',
  ],
  gotFile: ['Got it, the file opens fine. Thank you.', 'Thanks, I’ve saved that one too.'],
}
