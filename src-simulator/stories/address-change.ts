import type { Script } from '../customers/script.ts'
import { bot, customer, panel } from './templates.ts'

/** Moves house before the bed arrives, and needs a returns label for the mattress. In German. */
export const addressChange: Script = {
  name: 'address-change',
  customerName: 'Leila Haddad',
  language: 'de',
  queue: 'Delivery',
  attributes: {
    Order: 'AH-206014',
    Item: 'Bett „Hafen“, 160 × 200 cm',
    Tier: 'Gold',
    Language: 'Deutsch',
    Queue: 'Delivery',
    'Entry page': '/de/konto/adressen',
  },
  prelude: [
    customer('Adresse ändern'),
    panel('adresse', {
      title: 'Lieferadresse ändern',
      subtitle: 'Bis zwei Tage vor der Lieferung geht das im Konto',
      choices: [
        { title: 'Im Konto ändern', url: 'https://example.com/de/konto/adressen' },
        { title: 'Mit dem Team sprechen' },
      ],
    }),
    customer('Mit dem Team sprechen'),
    bot('Einen Moment, jemand aus dem Team Lieferung übernimmt.'),
  ],
  opening: [
    'Hallo, wir ziehen am Freitag um und das Bett kommt am Samstag. Im Konto lässt sich die Adresse nicht mehr ändern.',
    'Geht das noch? Sonst steht das Bett in der alten Wohnung vor verschlossener Tür 🙈',
  ],
  reactions: [
    {
      when: /neue (adresse|anschrift)|wohin|welche adresse|adresse lautet|new address|address/i,
      then: [
        'Die neue Adresse: Leila Haddad, Wörther Straße 12, 3. OG rechts, 10405 Berlin. Es gibt einen Aufzug, aber er ist klein.',
      ],
    },
    {
      when: /aufzug|etage|stock|treppe|tragen|lift|floor|stairs/i,
      then: ['Dritter Stock. Das Kopfteil wird durchs Treppenhaus müssen, breit genug ist es.'],
    },
    {
      when: /geändert|eingetragen|umgestellt|angepasst|changed|updated/i,
      then: [
        'Wunderbar, da fällt mir ein Stein vom Herzen.',
        'Noch etwas anderes: die Matratze von der letzten Bestellung ist zu hart. Bekomme ich dafür ein Rücksendeetikett?',
      ],
    },
    {
      when: /rücksende|etikett|retoure|matratze|label|return/i,
      then: [
        'Perfekt. Reicht es, wenn ich sie wieder in die Hülle rolle? So klein wie vorher bekomme ich sie nie wieder.',
      ],
    },
    {
      when: /samstag|termin|uhrzeit|fenster|saturday|slot/i,
      then: ['Samstag bleibt also? Zwischen 10 und 14 Uhr wäre ideal.'],
    },
    {
      when: /gebühr|kosten|aufpreis|fee|charge/i,
      then: ['Kostet das extra? Bei zehn Euro sage ich nichts, aber vorher wissen möchte ich es.'],
    },
  ],
  impatience: { afterSeconds: 75, lines: ['Hallo? Ich muss gleich los, deshalb frage ich.'] },
}
