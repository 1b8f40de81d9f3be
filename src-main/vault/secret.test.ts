import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from './secret.ts'

it('never shows what it holds unless asked to reveal it', () => {
  const secret = new Secret('CANARY')

  const shown = [String(secret), JSON.stringify({ secret }), inspect(secret, { showHidden: true })].join()

  expect(shown).not.toContain('CANARY')
  expect(() => structuredClone(secret)).toThrow()
  expect(secret.reveal()).toBe('CANARY')
})

it('holds nothing once it is forgotten, whoever still refers to it', () => {
  const secret = new Secret('CANARY')

  secret.forget()

  expect(secret.reveal()).toBe('')
})
