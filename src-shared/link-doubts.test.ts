import { describe, expect, it } from 'vitest'
import { doubtsAbout } from './link-doubts.ts'

describe('[K8] [C5] a link is doubted', () => {
  it.each([
    ['https://bank.example/login', 'https://evil.example/login'],
    ['http://bank.example/login', 'https://evil.example/login'],
    ['bank.example', 'https://evil.example/'],
    ['Sign in at www.bank.example/login now', 'https://evil.example/'],
    ['bank.example', 'https://bank.example.evil.example/'],
    ['login.bank.example', 'https://bank.example/'],
    ['bank.example/evil.example', 'https://evil.example/'],
    ['https://bank.example@evil.example', 'https://bank.example/'],
    ['bank\u200B.example', 'https://evil.example/'],
    ['\u202Ebank.example', 'https://evil.example/'],
    ['bank\u3002example', 'https://evil.example/'],
    ['ｂａｎｋ．ｅｘａｍｐｌｅ', 'https://evil.example/'],
    ['BANK.EXAMPLE', 'https://evil.example/'],
    ['https:\\\\bank.example', 'https://evil.example/'],
    ['10.0.0.1', 'https://evil.example/'],
    ['help@bank.example', 'https://evil.example/'],
    ['help@bank.example', 'mailto:help@evil.example'],
    ['ana@bank.example', 'mailto:mallory@bank.example'],
    [`${'a'.repeat(2_000)} bank.example`, 'https://evil.example/'],
    ['evil.example or bank.example', 'https://evil.example/'],
  ])('that says %s and leads to %s', (text, url) => {
    expect(doubtsAbout(url, text)).toContain('other-place')
  })

  it.each([
    ['https://www.\u0440\u0430yp\u0430l.example/', 'Cyrillic among Latin'],
    ['https://\u0430\u0440\u0440\u04CF\u0435.example/', 'nothing but Cyrillic'],
    ['https://g\u043E\u043Egle.example/', 'two letters'],
    ['https://xn--80ak6aa92e.example/', 'already in code'],
    ['mailto:ana@b\u0430nk.example', 'a mail address'],
  ])('to %s: %s', (url) => {
    expect(doubtsAbout(url, url)).toContain('look-alike')
  })

  it('without protection', () => {
    expect(doubtsAbout('http://alder.example/', 'the guide')).toEqual(['unprotected'])
  })

  it.each([
    ['the guide', 'https://alder.example/guide'],
    ['https://alder.example/guide', 'https://alder.example/guide'],
    ['https://alder.example/a.html?x=bank.example', 'https://alder.example/a.html?x=bank.example'],
    ['alder.example', 'https://www.alder.example/'],
    ['Alder.example.', 'https://alder.example/'],
    ['version 2.0, 3.5 kg, e.g. now', 'https://alder.example/'],
    ['ana@alder.example', 'mailto:ana@alder.example'],
    ['ana@alder.example', 'mailto:Ana@alder.example'],
  ])('not when it says %s and leads to %s', (text, url) => {
    expect(doubtsAbout(url, text)).toEqual([])
  })
})
