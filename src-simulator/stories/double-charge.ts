import type { Script } from '../customers/script.ts'
import { bot, customer, filledIn, guide, quickReply, typedInGuide } from './templates.ts'

/** Charged twice for one sofa; the bank statement shows it. In Spanish. */
export const doubleCharge: Script = {
  name: 'double-charge',
  customerName: 'Sofía Herrera',
  language: 'es',
  queue: 'Billing',
  attributes: {
    Order: 'AH-198330',
    Item: 'Sofá «Nieva», tres plazas, azul',
    Tier: 'Silver',
    Language: 'Español (España)',
    Queue: 'Billing',
    'Entry page': '/es/ayuda/pagos',
  },
  prelude: [
    bot('Hola, soy el asistente de Alder. ¿En qué puedo ayudarle?'),
    customer('me han cobrado dos veces el mismo pedido'),
    quickReply('payment-kind', {
      title: '¿Cómo pagó el pedido?',
      choices: [{ title: 'Tarjeta' }, { title: 'Transferencia' }, { title: 'A plazos' }],
    }),
    customer('Tarjeta'),
    guide('pago-duplicado', {
      title: 'Pago duplicado',
      facts: { Pedido: 'AH-198330', Importe: '849,00 €', Fecha: '3 de marzo' },
      note: 'Indique la fecha del segundo cargo y cómo prefiere que le avisemos.',
      action: 'Enviar',
    }),
    filledIn('Enviar', { 'Fecha del segundo cargo': '4 de marzo', 'Avisar por': 'correo' }),
    typedInGuide('los dos cargos salen con el mismo concepto'),
    bot('Gracias. Le paso con una persona del equipo de facturación.'),
  ],
  opening: [
    'Buenas tardes. El día 3 compré un sofá en la web, el pedido {order}. En el extracto de la tarjeta aparecen dos cargos de 849,00 €, uno del día 3 y otro del día 4, los dos con el mismo concepto. El pedido es uno solo y el correo de confirmación también.',
    'Con dos cargos así este mes no llego a pagar el alquiler, así que le agradecería que lo mirásemos hoy.',
  ],
  reactions: [
    {
      when: /extracto|justificante|captura|comprobante|documento|statement|proof|screenshot/i,
      then: [
        'Sí, lo tengo aquí, se lo mando en PDF',
        {
          send: 'document',
          name: 'extracto-marzo.pdf',
          lines: [
            'Extracto de tarjeta - Sofía Herrera',
            '03/03  ALDER HOME ONLINE  AH-198330   849,00 EUR',
            '04/03  ALDER HOME ONLINE  AH-198330   849,00 EUR',
          ],
        },
        'Son las dos últimas líneas.',
      ],
    },
    {
      when: /preautoriz|retenci[oó]n|retenid|authoris|hold|pending/i,
      then: [
        '¿Entonces el segundo es una retención y no un cargo? En el banco me dijeron que ya está contabilizado.',
      ],
    },
    {
      when: /banco|\bbank\b/i,
      then: ['Ya llamé al banco. Dicen que la orden viene de ustedes y que ellos no la pueden anular.'],
    },
    {
      when: /[uú]ltimos (cuatro|4)|d[ií]gitos|last (four|4)|card number|n[uú]mero de (la )?tarjeta/i,
      then: ['Termina en 4417. El número entero prefiero no escribirlo por aquí.'],
    },
    {
      when: /anul|cancel/i,
      then: ['¡No, el sofá sí lo quiero! Solo hay que anular el segundo cargo, por favor.'],
    },
    {
      when: /tres a cinco|3 (a|-|to) 5/i,
      then: ['Tres a cinco días me sirve, siempre que sea seguro. ¿Me lo confirma por correo?'],
    },
  ],
  impatience: {
    afterSeconds: 90,
    lines: ['¿Sigue ahí?', 'Perdone que insista, es que me preocupa el dinero.'],
  },
}
