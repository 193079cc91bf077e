import { expect, test } from 'vitest'
import type { Department } from '~/api/types'
import { departments } from '../../mock/company'
import { departmentName, departmentNames } from './members'

const [pattern] = departments()
const tree = (rows: readonly [id: string, parent: string | null, name: string][]): Department[] =>
  rows.flatMap(([id, parent_id, name]) => (pattern ? [{ ...pattern, id, parent_id, name }] : []))

test('where two departments have one name the one above each tells them apart, and nowhere else', () => {
  const all = tree([['c', null, '云坞'], ['e', 'c', '华东销售'], ['s', 'c', '华南销售'], ['e3', 'e', '3组'], ['s3', 's', '3组'], ['s4', 's', '4组']])
  expect(departmentName(all, 'e3')).toBe('华东销售 / 3组')
  expect(departmentName(all, 's3')).toBe('华南销售 / 3组')
  expect(departmentName(all, 's4')).toBe('4组')
  expect(departmentName(all, 'gone')).toBeUndefined()
  expect(departmentNames(all, ['e3', 'gone', 's4'], 'en')).toBe('华东销售 / 3组, 4组')
  expect(departmentNames(all, ['e3', 'gone', 's4'], 'zh-TW')).toBe('华东销售 / 3组、4组')
})
