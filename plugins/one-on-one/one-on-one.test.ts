import { sessionKindContract } from '@rapport/sdk/testing'
import { expect, test } from 'vitest'
import oneOnOne from './index.ts'

const [kind] = oneOnOne.provides!.kinds!

sessionKindContract(kind!)

test('an offer says whether one meets online or in person', () => {
  expect(kind!.format({ settings: { meets: 'in_person' }, terms: null })).toBe('in_person')
  expect(kind!.format({ settings: { meets: 'online' }, terms: null })).toBe('online')
})
