import type { Phrases } from './script.ts'

export const german: Phrases = {
  reactions: [
    {
      when: /auf wiedersehen|tsch[uü](ss|ß)|sch[oö]nen (tag|abend|feierabend)|sch[oö]nes wochenende|goodbye|\bbye\b|have a (nice|good|great) (day|one)/i,
      then: ['Danke, das wünsche ich Ihnen auch. Auf Wiedersehen!'],
      andLeaves: true,
    },
    {
      when: /sonst noch|noch etwas|weitere fragen|anything else/i,
      then: ['Nein, das war alles. Vielen Dank für die schnelle Hilfe.'],
    },
    {
      when: /bestellnummer|auftragsnummer|welche bestellung|order number|which order/i,
      then: ['Die Nummer ist {order}. Sie steht so auch auf dem Lieferschein.'],
    },
    {
      when: /e-?mail|telefon|erreichbar|phone/i,
      then: ['Die E-Mail-Adresse im Konto stimmt. Anrufen geht auch, am besten nach 17 Uhr.'],
    },
    {
      when: /adresse|postleitzahl|plz\b|address|post ?code|zip/i,
      then: ['Wie in der Bestellung: Gneisenaustraße 41, Hinterhaus, 10961 Berlin.'],
    },
    {
      when: /einen (moment|augenblick)|ich (schaue|sehe|prüfe)|moment bitte|one moment|let me (check|look)|i'?ll (check|look)/i,
      then: ['Ja, gern, ich warte.'],
    },
    {
      when: /tut mir leid|entschuldig|verzeihung|bedau[e]?re|sorry|apolog/i,
      then: ['Schon gut, Sie können ja nichts dafür. Ich möchte es nur geklärt haben.'],
    },
    {
      when: /erstatt|rückzahlung|geld zurück|refund/i,
      then: ['Wie lange dauert die Erstattung, und geht sie auf dasselbe Konto zurück?'],
    },
    {
      when: /werktage|arbeitstage|working days|business days/i,
      then: ['In Ordnung. Bekomme ich eine Bestätigung per E-Mail?'],
    },
    {
      when: /abhol|spedition|kurier|paketdienst|collect|courier/i,
      then: ['Donnerstag und Freitag ist ab acht Uhr jemand da. Rufen die Fahrer vorher an?'],
    },
    {
      when: /gutschein|rabatt|nachlass|kulanz|voucher|discount/i,
      then: ['Oh, das ist nett. Damit hatte ich nicht gerechnet.'],
    },
    {
      when: /hallo|guten (tag|morgen|abend)|grüß|hello|\bhi\b|good (morning|afternoon)/i,
      then: ['Guten Tag, schön, dass es so schnell geht.'],
    },
    { when: /danke|thank/i, then: ['Gern.'] },
  ],
  unsure: [
    'Da bin ich mir nicht sicher. Meinen Sie mit „{quote}“ die Bestellung {order}?',
    'Das müsste ich nachsehen. Ist das für den Artikel {item} wichtig?',
    'Zu „{quote}“ kann ich im Moment nicht mehr sagen, aber ich glaube schon.',
  ],
  assent: [
    'Gut, verstanden.',
    'In Ordnung: „{quote}“.',
    'Einverstanden. Wie geht es jetzt weiter?',
    'Danke für die Erklärung.',
  ],
  gotFile: ['Ist angekommen und lässt sich öffnen. Danke.', 'Danke, habe ich gespeichert.'],
}
