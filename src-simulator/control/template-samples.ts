// Interactive messages by the name of their template, each with a word in every place that a person could read.
// Shapes: Connect administrator guide, "Add Amazon Lex interactive messages", as seen in November 2026. What the guide
// does not show (payments, apps) has the shape that Apple's messages have.

const choices = [
  { title: 'Hosepipe', subtitle: 'Twenty metres' },
  { title: 'Rake', subtitle: 'Beech handle' },
]

const samples = {
  ListPicker: {
    replyMessage: { title: 'Thanks for choosing' },
    content: { title: 'Which one?', subtitle: 'Tap one', footnote: 'Prices include tax', elements: choices },
  },
  TimePicker: {
    content: {
      title: 'When shall we come?',
      subtitle: 'Two hours each',
      timeZoneOffset: 60,
      location: { title: 'Leeds', latitude: 53.8, longitude: -1.55 },
      timeslots: [
        { date: '2027-03-01T09:00+00:00', duration: '7200' },
        { date: '2027-03-01T13:00+00:00', duration: 7200 },
      ],
    },
  },
  Panel: {
    content: {
      title: 'How can we help?',
      subtitle: 'Choose a topic',
      elements: [
        { title: 'Delivery' },
        { title: 'Guides', type: 'hyperlink', url: 'https://alder.example/guides' },
      ],
    },
  },
  QuickReply: { content: { title: 'Was that right?', elements: [{ title: 'Yes' }, { title: 'No' }] } },
  Carousel: {
    content: {
      title: 'For your garden',
      omitTitleFromCarouselResponse: false,
      elements: [
        {
          templateIdentifier: 'card-1',
          templateType: 'Panel',
          version: '1.0',
          data: { content: { title: 'Watering', subtitle: 'From spring on', elements: choices } },
        },
        {
          templateIdentifier: 'card-2',
          templateType: 'ListPicker',
          version: '1.0',
          data: { content: { title: 'Raking', elements: [{ title: 'Leaves' }] } },
        },
      ],
    },
  },
  WhatsAppInteractiveList: {
    content: {
      header: { type: 'text', text: 'Garden supplies' },
      body: { text: 'What can we help you with?' },
      footer: { text: 'Answers within minutes' },
      action: {
        button: 'Choose a topic',
        sections: [
          { title: 'Orders', rows: [{ id: 'row-1', title: 'Delivery', description: 'Where is it now' }] },
          { title: 'Money', rows: [{ id: 'row-2', title: 'Refund', description: 'Money back' }] },
        ],
      },
    },
  },
  WhatsAppInteractiveReplyButton: {
    content: {
      body: { text: 'Was that right?' },
      footer: { text: 'Tap to answer' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'yes', title: 'Yes, it was' } },
          { type: 'reply', reply: { id: 'no', title: 'Not at all' } },
        ],
      },
    },
  },
  AppleForm: {
    content: {
      title: 'Return',
      splash: { header: 'Tell us more', text: 'It takes a minute', buttonTitle: 'Begin' },
      pages: [
        {
          pageIdentifier: '1',
          pageType: 'select',
          title: 'Size of shoe',
          subtitle: 'As on the sole',
          items: [{ title: 'Small', value: 's' }],
        },
        {
          pageIdentifier: '2',
          pageType: 'input',
          title: 'What was wrong?',
          options: { placeholder: 'A few words' },
        },
      ],
    },
  },
  ApplePay: {
    content: {
      title: 'Pay for your order',
      merchantIdentifier: 'merchant.example',
      payment: {
        lineItems: [{ label: 'Hosepipe', amount: '27.00' }],
        total: { label: 'Total due', amount: '29.90' },
      },
    },
  },
  AppleCustomApp: {
    content: { title: 'Choose your seat', subtitle: 'Opens the seating plan', appName: 'Seats', appId: '1' },
  },
  /** A kind that nobody has written a client for. */
  Unheard: { content: { heading: 'Something new', notes: [{ remark: 'Read me too' }] } },
} as const

export type TemplateType = keyof typeof samples

// The keys of the table above are its names.
// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- see above
export const templateTypes = Object.keys(samples) as TemplateType[]

/** The text of an interactive message; `data` takes the place of the sample. */
export function templateMessage(templateType: TemplateType, data: unknown = samples[templateType]): string {
  return JSON.stringify({ templateIdentifier: `sample-${templateType}`, templateType, version: '1.0', data })
}
