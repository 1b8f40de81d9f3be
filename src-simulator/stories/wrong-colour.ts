import type { Script } from '../customers/script.ts'
import { bot, customer, listPicker } from './templates.ts'

/** The armchair is green, the order said grey. In German. */
export const wrongColour: Script = {
  name: 'wrong-colour',
  customerName: 'Mateusz Wójcik',
  language: 'de',
  queue: 'Returns',
  attributes: {
    Order: 'AH-203377',
    Item: 'Sessel „Lund“, Stoff, hellgrau',
    Tier: 'Standard',
    Language: 'Deutsch',
    Queue: 'Returns',
    'Entry page': '/de/hilfe/retoure',
  },
  prelude: [
    bot('Guten Tag, ich bin der Alder-Assistent. Worum geht es?'),
    listPicker('grund', {
      title: 'Worum geht es?',
      subtitle: 'Eine Antwort auswählen',
      choices: [
        { title: 'Falscher Artikel', subtitle: 'Farbe, Größe oder Modell stimmt nicht' },
        { title: 'Beschädigt' },
        { title: 'Rückgabe ohne Grund', subtitle: 'Innerhalb von 30 Tagen' },
      ],
    }),
    customer('Falscher Artikel'),
    bot('Danke. Ein Mensch aus dem Team Retouren übernimmt gleich.'),
  ],
  opening: [
    'Guten Tag! Ich habe den Sessel Lund in Hellgrau bestellt, gekommen ist er in Dunkelgrün.',
    'Auf dem Karton klebt „LUND-GRN-02“, auf dem Lieferschein steht aber „LUND-GRY-02“. Ist da im Lager etwas vertauscht worden?',
  ],
  reactions: [
    {
      when: /foto|bild|aufnahme|photo|picture/i,
      then: [
        'Klar, Moment, ich mache das Licht an',
        { send: 'photo', name: 'sessel-karton.png' },
        'Hier ist das Foto vom Etikett und vom Bezug.',
      ],
    },
    {
      when: /umtausch|austausch|tauschen|neuen sessel|ersatz|exchange|replace/i,
      then: ['Umtausch wäre mir am liebsten. Ist Hellgrau denn überhaupt auf Lager?'],
    },
    {
      when: /auf lager|verfügbar|lieferbar|in stock|available/i,
      then: [
        'Super. Muss ich den grünen wieder so einpacken, wie er war? Der Karton ist leider etwas aufgerissen.',
      ],
    },
    {
      when: /karton|verpack|folie|packag|\bbox\b/i,
      then: ['Gut, dann klebe ich ihn mit Paketband zu. Das Etikett kommt per E-Mail, nehme ich an?'],
    },
    {
      when: /etikett|label|retourenschein|versandschein/i,
      then: ['Einen Drucker habe ich nicht. Kann der Fahrer das Etikett mitbringen?'],
    },
    {
      when: /behalten|keep/i,
      then: ['Behalten? Hm. Dunkelgrün passt leider überhaupt nicht zu unserem Teppich.'],
    },
  ],
  impatience: { afterSeconds: 120, lines: ['Sind Sie noch da?'] },
}
