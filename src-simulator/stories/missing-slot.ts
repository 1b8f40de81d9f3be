import type { Script } from '../customers/script.ts'
import { bot, customer, timePicker } from './templates.ts'

/** Wants a collection slot that the picker did not offer. In Spanish, with few words. */
export const missingSlot: Script = {
  name: 'missing-slot',
  customerName: 'Tomás Ferreira',
  language: 'es',
  queue: 'Delivery',
  attributes: {
    Order: 'AH-201906',
    Item: 'Estantería «Ulm», 5 baldas',
    Tier: 'Standard',
    Language: 'Español (México)',
    Queue: 'Delivery',
    'Entry page': '/es/recogidas',
  },
  prelude: [
    bot('Elija un horario para la recogida.'),
    timePicker('recogida', {
      title: 'Recogida de la estantería',
      subtitle: 'Horarios de dos horas',
      place: 'Domicilio',
      days: ['2026-03-16T08:00+00:00', '2026-03-16T10:00+00:00', '2026-03-17T08:00+00:00'],
    }),
    customer('ninguno me queda bien'),
    bot('Entendido, le comunico con un compañero.'),
  ],
  opening: ['buenas', 'necesito que pasen por la tarde', 'en la app solo salen mañanas'],
  reactions: [
    {
      when: /tarde|17|18|19|afternoon|evening|after (5|five)/i,
      then: ['despues de las 6 perfecto', 'cualquier dia menos el miercoles'],
    },
    { when: /mi[eé]rcoles|wednesday/i, then: ['miercoles no puedo, tengo turno'] },
    {
      when: /lunes|martes|jueves|viernes|monday|tuesday|thursday|friday/i,
      then: ['va, ese dia si', 'a que hora mas o menos?'],
    },
    {
      when: /confirm|agend|program|listo|hecho|booked|scheduled|done/i,
      then: ['listo, muchas gracias 👍'],
      andLeaves: true,
    },
    { when: /desmont|desarm|apart|dismantl/i, then: ['ya esta desarmada, son tres cajas'] },
    {
      when: /cajas|bultos|parcels|boxes|kilos|peso|weight/i,
      then: ['tres cajas, la mas grande pesa como 20 kilos'],
    },
  ],
  impatience: { afterSeconds: 60, lines: ['hola?', 'sigo aqui'] },
  pace: 1.4,
}
