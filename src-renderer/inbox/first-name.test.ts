import { expect, it } from 'vitest'
import { firstName, usableFirstName } from './first-name.ts'

it.each([
  ['Amara Okafor', 'Amara'],
  ['Dr. Maria Silva', 'Maria'],
  ['Prof. Dr. Jonas Lindqvist', 'Jonas'],
  ['García, Ana', 'Ana'],
  ['Smith, Dr. John', 'John'],
  ['Maria Silva, PhD', 'Maria'],
  ['  🌸 Ana 🌸 ', 'Ana'],
  ['Anne-Marie O’Neil', 'Anne-Marie'],
  ['Ngọc Trần', 'Ngọc'],
  ['محمد علي', 'محمد'],
  ['王伟', '王伟'],
  ['Maria (VIP)', 'Maria'],
])('[C6] greets %s by the name %s', (customer, name) => {
  expect(usableFirstName(customer)).toBe(name)
})

it.each([
  'Customer',
  'customer',
  'Guest user',
  'Guest 123',
  'Anonymous',
  'Kunde',
  'Test Customer',
  '+44 7700 900123',
  '(0044) 7700-900-123',
  '07700900123',
  'ana@example.com',
  'user_8812',
  'maria.silva',
  'b4c1-77aa',
  'A',
  'J. Smith',
  'J Smith',
  'Mr. Silva',
  'Frau Dr. Weber',
  '🌸',
  '👩‍🚀',
  '?',
  '...',
  '',
  '   ',
  'Acme Ltd',
])('[C6] has no name to greet "%s" by', (customer) => {
  expect(usableFirstName(customer)).toBeNull()
})

it('[C6] says the whole name where the first one is of no use', () => {
  expect(firstName(' +44 7700 900123 ')).toBe('+44 7700 900123')
})
