import { expect, it } from 'vitest'
import { Template } from './template.ts'

it('an answer kept by an earlier version, without its fields, can still be read', () => {
  const kept = { type: 'Response', title: '', subtitle: null, referenceId: null, action: 'Submit' }

  expect(Template.parse(kept)).toEqual({ ...kept, fields: [] })
})
