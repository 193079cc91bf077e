import { expect, test } from 'vitest'
import { changesOf, factsOf } from './details'

test('what a setting was and is stands side by side, and what stayed is left out', () => {
  const data = { fields: ['industry'], before: { industry: 'trade', region: 'CN' }, after: { industry: 'it', region: 'CN' } }
  expect(changesOf({ data })).toEqual([{ field: 'industry', before: 'trade', after: 'it' }])
  expect(factsOf({ data }, (code) => code.toUpperCase())).toEqual([['fields', 'INDUSTRY']])
})

test('of a role the permissions are compared as they are', () => {
  expect(changesOf({ data: { before: [], after: ['people.see', 'people.add'] } })).toEqual([{ field: '', before: '–', after: 'people.see, people.add' }])
  expect(changesOf({ data: {} })).toEqual([])
})
