import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { h, render, type VNodeChild } from 'vue'
import { hasFormatting } from './formatting.ts'
import { isReadable } from './markdown-budget.ts'
import { renderMarkdown, renderPlain, safeAddress } from './markdown.ts'

const allowed = new Set('DIV P SPAN STRONG EM CODE PRE BLOCKQUOTE UL OL LI BR HR A'.split(' '))
const allowedAttributes = new Set(['class', 'href', 'title', 'rel', 'start'])
/** Of the app's own making, the same for any message. */
const ownAttributes = new Set(['PRE tabindex=0', 'PRE role=group', 'PRE aria-label=Code'])

function draw(nodes: VNodeChild[]): HTMLElement {
  const root = document.createElement('div')
  render(h('div', nodes), root)
  return root
}

function markdown(text: string): HTMLElement {
  return draw(renderMarkdown(text, () => undefined))
}

/** Everything in it that no message may bring onto the page. */
function intruders(root: HTMLElement): readonly string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(allowed.has(element.tagName) ? [] : [element.tagName]),
    ...[...element.attributes]
      .filter(({ name, value }) => !ownAttributes.has(`${element.tagName} ${name}=${value}`))
      .filter(({ name }) => !allowedAttributes.has(name))
      .map(({ name }) => name),
    ...(element.tagName === 'A' && safeAddress(element.getAttribute('href') ?? '') === null ? ['href'] : []),
  ])
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'before <b onclick="alert(1)">bold</b> after',
  '<svg><script>alert(1)</script></svg>',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](data:text/html,<script>alert(1)</script>)',
  '[click](vbscript:x) [x](file:///etc/passwd) [y](http://plain.example)',
  '[click]( javascript:alert(1))',
  '<javascript:alert(1)>',
  '[ref]\n\n[ref]: javascript:alert(1) "title"',
  '![picture](https://evil.example/pixel.png)',
  '![x][ref]\n\n[ref]: https://evil.example/pixel.png',
  '<iframe src="https://evil.example"></iframe>',
  '<style>body{display:none}</style>',
  '<a href="javascript:alert(1)">x</a>',
  '```html\n<script>alert(1)</script>\n```',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '[a](https://ok.example "onmouseover=alert(1)")',
  '[\u202Egnp.exe](https://ok.example)',
  '<!-- comment --><?php echo 1 ?><![CDATA[x]]>',
]

describe('renderMarkdown', () => {
  it.each(hostile)('lets nothing through: %s', (text) => {
    const root = markdown(text)

    expect(intruders(root)).toEqual([])
  })

  it('lets nothing through whatever is put together', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...hostile,
        '*',
        '_',
        '**',
        '`',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '!',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '&#x6A;',
      ),
      fc.string(),
    )

    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(intruders(markdown(parts.join('')))).toEqual([])
      }),
    )
  })

  it.each([
    ['**bold** and _italic_', '<p><strong>bold</strong> and <em>italic</em></p>'],
    ['- one\n- two', '<ul><li><p>one</p></li><li><p>two</p></li></ul>'],
    ['3. three', '<ol start="3"><li><p>three</p></li></ol>'],
    ['`a<b`', '<p><code>a&lt;b</code></p>'],
    ['> quoted', '<blockquote><p>quoted</p></blockquote>'],
    ['# Big', '<p class="heading">Big</p>'],
    ['fish &amp; chips', '<p>fish &amp; chips</p>'],
  ])('draws %s', (text, html) => {
    expect(markdown(text).firstElementChild?.innerHTML).toBe(html)
  })

  it('shows HTML as the text it is', () => {
    expect(markdown('a <b>c</b>').textContent).toBe('a <b>c</b>')
  })

  it('shows a refused link as its words', () => {
    const root = markdown('[click](javascript:alert(1))')

    expect(root.textContent).toBe('click')
    expect(root.querySelector('a')).toBeNull()
  })

  it('makes a bare address a link, once', () => {
    const root = markdown('**see** https://alder.example/l, or [https://b.example](https://c.example)')

    const links = [...root.querySelectorAll('a')].map((one) => one.getAttribute('href'))
    expect(links).toEqual(['https://alder.example/l', 'https://c.example/'])
    expect(root.textContent).toBe('see https://alder.example/l, or https://b.example')
  })

  it('[J] lets a block of code be scrolled by keys', () => {
    const block = markdown('```\n' + 'wide '.repeat(80) + '\n```').querySelector('pre')

    expect(block?.tabIndex).toBe(0)
    expect(block?.getAttribute('aria-label')).toBe('Code')
  })

  it('hands a link over instead of following it', () => {
    const opened: string[] = []
    const root = draw(renderMarkdown('[guide](https://alder.example/guide)', (url) => opened.push(url)))

    const click = new MouseEvent('click', { bubbles: true, cancelable: true })
    root.querySelector('a')?.dispatchEvent(click)

    expect(opened).toEqual(['https://alder.example/guide'])
    expect(click.defaultPrevented).toBe(true)
  })

  it('[K8] opens a link with the first and the middle button, never with the right one', () => {
    const opened: string[] = []
    const root = draw(renderMarkdown('[guide](https://alder.example/)', (url) => opened.push(url)))
    const press = (type: string, button: number): void => {
      root
        .querySelector('a')
        ?.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button }))
    }

    press('auxclick', 2)
    press('contextmenu', 2)
    press('auxclick', 3)
    expect(opened).toEqual([])
    press('auxclick', 1)
    press('click', 0)
    expect(opened).toHaveLength(2)
  })

  it('[K8] [C5] hands over the words that a link shows, whatever they are made of', () => {
    const opened: string[] = []
    const text = '[https://**bank**.`example`/login](https://evil.example/) https://alder.example/x'
    const root = draw(renderMarkdown(text, (url, words) => opened.push(`${words} -> ${url}`)))

    for (const link of root.querySelectorAll('a')) link.click()

    expect(opened).toEqual([
      'https://bank.example/login -> https://evil.example/',
      'https://alder.example/x -> https://alder.example/x',
    ])
  })

  it.each([
    ['quotes', `${'> '.repeat(3_000)}deep`],
    ['lists', Array.from({ length: 120 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['brackets', '['.repeat(5_000)],
    ['stars', '*a '.repeat(4_000)],
    ['backticks', '`'.repeat(5_000)],
    ['more than anyone reads', 'x'.repeat(100_000)],
    ['very deep quotes', '> '.repeat(10_000)],
    ['numbers', '1. '.repeat(6_000)],
    ['quoted lists', '> - '.repeat(5_000)],
    ['emphasis that crosses', '_a*'.repeat(6_000)],
    ['strong letters', '**a'.repeat(6_000)],
  ])('does not even parse what is nothing but %s', (_name, text) => {
    const root = markdown(text)

    expect(isReadable(text)).toBe(false)
    expect(hasFormatting(text, true)).toBe(false)
    expect([...root.querySelectorAll('*')].map(({ tagName }) => tagName)).toEqual(['DIV', 'P'])
    expect(root.textContent).toBe(text)
  })

  it.each([
    ['headings by underlines', 'a\n=\n'],
    ['headings by dashes', 'a\n-\n'],
    ['headings in quotes', '> a\n> =\n'],
    ['short paragraphs', 'a\n\n'],
    ['definitions', '[a]: b\n\n'],
    ['references', '[a]'],
    ['links', '[a](b)'],
    ['pictures', '![a](b)'],
    ['entities', '&amp;'],
    ['HTML', '<a>\n\n'],
    ['escapes', '\\*'],
    ['fences', '~~~\n'],
    ['lists in quotes', '> - a\n'],
    ['lines', 'a\n'],
    ['breaks', 'a\\\n'],
  ])('[K10] does not even parse 16,384 characters of %s', (_name, part) => {
    expect(isReadable(part.repeat(16_384).slice(0, 16_384))).toBe(false)
  })

  it('[K10] parses no more than a bounded part of any text that is put together of marks', () => {
    const mark = fc.constantFrom(
      ...[
        'a\n=\n',
        'a\n-\n',
        '> ',
        '- ',
        '1. ',
        '*a',
        '_',
        '**',
        '[a](b)',
        '[a]\n',
        '[a]: b\n\n',
        '![',
        '](',
        '<a ',
      ],
      ...['&#x41;', '`', '```\n', '\\', '\n', '\n\n', 'a', ' ', '# a\n', '***\n', '    '],
    )
    const splice = vi.spyOn(Array.prototype, 'splice')
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 6 }), (marks) => {
        const text = marks.join('').repeat(16_384).slice(0, 16_384)
        splice.mockClear()
        renderMarkdown(text, () => undefined)
        // The parser's events are cut apart once for each construct that it finds.
        expect(splice.mock.calls.length).toBeLessThan(20_000)
      }),
      { numRuns: 50 },
    )
  })

  it('reads what a person writes at length', () => {
    const text = '**bold** and plain words, '.repeat(200)

    expect(isReadable(text)).toBe(true)
    expect(markdown(text).querySelectorAll('strong')).toHaveLength(200)
  })
})

describe('renderPlain', () => {
  it('makes web addresses links and leaves the rest alone', () => {
    const root = draw(renderPlain('See https://alder.example/l/88214. <b>Now</b>', () => undefined))

    expect(root.querySelector('a')?.getAttribute('href')).toBe('https://alder.example/l/88214')
    expect(root.textContent).toBe('See https://alder.example/l/88214. <b>Now</b>')
  })

  it('keeps every character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const root = draw(renderPlain(text, () => undefined))

        expect(root.textContent).toBe(text)
        expect(intruders(root)).toEqual([])
      }),
    )
  })
})
