/** What a script of a hostile message would set on the page; it must never be there. */
export const plantedMark = 'parleyWasHere'

/** Markup that would run or load something from `bait`, an address without a slash at its end, if it were believed. */
export function hostileMarkup(bait: string): readonly string[] {
  const plant = `window.${plantedMark}=1;alert(1)`
  return [
    `<script>${plant}</script>`,
    `<script src="${bait}/script.js"></script>`,
    `<img src=x onerror="${plant}">`,
    `<img src="${bait}/pixel.png">`,
    `<svg onload="${plant}"></svg>`,
    `<svg><script>${plant}</script><image href="${bait}/image.svg"/></svg>`,
    `<math><mtext></form><form><mglyph><style></math><img src onerror="${plant}">`,
    `<iframe src="${bait}/frame" srcdoc="<script>${plant}</script>"></iframe>`,
    `<object data="${bait}/object"></object><embed src="${bait}/embed">`,
    `<link rel="stylesheet" href="${bait}/style.css"><style>@import "${bait}/import.css"</style>`,
    `<base href="${bait}/"><meta http-equiv="refresh" content="0;url=${bait}/refresh">`,
    `<form action="${bait}/form"><button autofocus onfocus="${plant}">Go</button></form>`,
    `<video poster="${bait}/poster.png"><source src="${bait}/film.mp4" onerror="${plant}"></video>`,
    `<a href="javascript:${plant}">click</a><details open ontoggle="${plant}">`,
    `<div style="background:url(${bait}/background.png)" onmouseover="${plant}">over</div>`,
    `</div></bdi></p></li></ul><script>${plant}</script>`,
    `{{constructor.constructor("${plant}")()}} \${${plant}} <%= 1 %>`,
    `![picture](${bait}/markdown.png)`,
    `![picture][ref]\n\n[ref]: ${bait}/reference.png`,
    `[![picture](${bait}/nested.png)](${bait}/link)`,
    `[click](javascript:${plant})`,
    `[click](JaVa\tScRiPt:${plant})`,
    `[click](&#106;avascript:${plant})`,
    `[click](data:text/html,<script>${plant}</script>)`,
    '[click](vbscript:x) [x](file:///etc/passwd) [y](parley://app/../x) [z](blob:x)',
    `[click]: javascript:${plant}\n\n[click]`,
    `<javascript:${plant}> <${bait}/auto>`,
    `[a](${bait}/title "x\\" onmouseover=\\"${plant}")`,
    `\`\`\`html\n<script>${plant}</script>\n\`\`\``,
    '&lt;script&gt;alert(1)&lt;/script&gt; &#x3C;b&#x3E;',
    '<!-- --><![CDATA[x]]><?xml version="1.0"?>',
  ]
}

/** What deceives the eye, breaks a line, or is no text at all. */
export const hostileCharacters: readonly string[] = [
  '\u202Egnp.exe',
  'invoice\u202Efdp.scr',
  '\u2066\u2067\u2068isolated\u2069',
  'Ana\u200B\u200C\u200D\uFEFFTorres',
  '\u00AD\u034F\u061C\u180E',
  'שלום 123 مرحبا',
  'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(20),
  '\uD800',
  '\uDC00\uD800',
  '\u0000\u0001\u0007\u001B[2J\u009B31m',
  'one\r\ntwo\rthree\u2028four\u2029five\u0085six\vseven\feight',
  '👩‍👩‍👧‍👦🏴‍☠️🇩🇪',
  '\uFFFE\uFFFF\u{10FFFF}',
  '../../etc/passwd',
  'CON.txt ',
  '__proto__',
  'constructor',
  ' ',
]

/** What asks more of a reader than it is worth: length, depth, repetition. */
export const hostileBulk: readonly string[] = [
  '*'.repeat(5000),
  '> '.repeat(3000),
  '- '.repeat(3000),
  '[' + '['.repeat(3000) + ']('.repeat(3000),
  '`'.repeat(4001),
  '['.repeat(20_000) + ']'.repeat(20_000),
  '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  nestedCarousel(860),
  'word '.repeat(12_000),
  'x'.repeat(100_000),
]

function nestedCarousel(depth: number): string {
  const open = '{"templateType":"Carousel","data":{"content":{"title":"t","elements":['
  return open.repeat(depth) + ']}}}'.repeat(depth)
}
