import type { Phrases } from './script.ts'

export const spanish: Phrases = {
  reactions: [
    {
      when: /adi[oó]s|hasta luego|buen(a|as)? (d[ií]a|tarde|noche)s? y gracias|que (tenga|pase)|goodbye|\bbye\b|have a (nice|good|great) (day|one)/i,
      then: ['Muchas gracias por la ayuda. ¡Que tenga un buen día!'],
      andLeaves: true,
    },
    {
      when: /algo m[aá]s|alguna otra|otra cosa|anything else/i,
      then: ['No, con eso está todo. Gracias por la paciencia, de verdad.'],
    },
    {
      when: /n[uú]mero de pedido|qu[eé] pedido|referencia|order number|which order/i,
      then: ['Es el {order}. Lo tengo aquí en el correo de confirmación.'],
    },
    {
      when: /correo|e-?mail|tel[eé]fono|phone/i,
      then: [
        'El correo es el de la cuenta. Si prefiere llamarme, mejor por la tarde, a partir de las cinco.',
      ],
    },
    {
      when: /direcci[oó]n|c[oó]digo postal|address|post ?code|zip/i,
      then: ['La misma del pedido: calle de la Cava Baja, 28, tercero izquierda, 28005 Madrid.'],
    },
    {
      when: /un momento|d[eé]jeme|voy a (mirar|comprobar|revisar)|one moment|let me (check|look)|i'?ll (check|look)/i,
      then: ['Claro, sin prisa. Aquí espero.'],
    },
    {
      when: /lo siento|disculp|perd[oó]n|lamento|sorry|apolog/i,
      then: ['No se preocupe, ya imagino que no es culpa suya. Solo quiero dejarlo arreglado.'],
    },
    {
      when: /reembols|devoluci[oó]n|devolver|refund/i,
      then: ['¿Y cuánto tarda en llegar a la cuenta? ¿Vuelve a la misma tarjeta?'],
    },
    {
      when: /d[ií]as (h[aá]biles|laborables)|working days|business days/i,
      then: ['De acuerdo. ¿Me llegará un aviso cuando esté hecho?'],
    },
    {
      when: /recog|transportista|mensajero|collect|courier/i,
      then: ['El jueves y el viernes hay alguien en casa a partir de las ocho. ¿Llaman antes de venir?'],
    },
    { when: /vale|descuento|compensaci[oó]n|voucher|discount/i, then: ['Muy amable, no me lo esperaba.'] },
    {
      when: /hola|buen(os|as) (d[ií]as|tardes|noches)|hello|\bhi\b|good (morning|afternoon)/i,
      then: ['Hola, buenas. Gracias por atenderme tan pronto.'],
    },
    { when: /gracias|thank/i, then: ['A usted.'] },
  ],
  unsure: [
    'No estoy segura. Cuando pregunta «{quote}», ¿se refiere al pedido {order}?',
    'Tendría que mirarlo con calma. ¿Hace falta para resolver lo de {item}?',
    'Creo que sí, pero sobre «{quote}» no le puedo decir mucho más.',
  ],
  assent: [
    'Vale, entendido.',
    'De acuerdo: «{quote}».',
    'Me parece bien. ¿Qué tengo que hacer ahora?',
    'Gracias por explicármelo.',
  ],
  gotFile: ['Recibido, se abre bien. Gracias.', 'Perfecto, lo guardo también.'],
}
