import { expect, test } from 'vitest'
import { changesOf, factsOf, idsOf } from './details'

const say = (_field: string, value: unknown) => (value === undefined ? '–' : String(value))

test('what a setting was and is stands side by side, and what stayed is left out', () => {
  const data = { fields: ['industry'], before: { industry: 'trade', region: 'CN' }, after: { industry: 'it', region: 'CN' } }
  expect(changesOf({ data }, say)).toEqual([{ field: 'industry', before: 'trade', after: 'it' }])
  expect(factsOf({ data })).toEqual([['fields', ['industry']]])
})

test('of a role the permissions are compared as they are', () => {
  expect(changesOf({ data: { after: ['people.see', 'people.add'] } }, say)).toEqual([{ field: '', before: '–', after: 'people.see,people.add' }])
  expect(changesOf({ data: {} }, say)).toEqual([])
})

test('where an event tells of one thing, its word is what was and is (ADM-02)', () => {
  expect(changesOf({ name: 'branding.brand_changed', data: { after: '#9c2b6e' } }, say)).toEqual([{ field: 'accent', before: '–', after: '#9c2b6e' }])
  expect(changesOf({ name: 'peers.connection_changed', data: { before: 'asked', after: 'connected' } }, say)).toEqual([{ field: 'state', before: 'asked', after: 'connected' }])
})

test('people are told one by one or several', () => {
  expect(idsOf('a')).toEqual(['a'])
  expect(idsOf(['a', 'b'])).toEqual(['a', 'b'])
  expect(idsOf(null)).toEqual([])
})
