import { expect, test } from 'vitest'
import { listOf } from './lists'

test('names in one line never run together, and in Chinese 、 stands between them', () => {
  const names = ['分部总管 (冷链组)', '人员管理员', 'Auditor']
  expect(listOf('zh-CN', names)).toBe('分部总管 (冷链组)、人员管理员、Auditor')
  expect(listOf('zh-TW', names)).toBe('分部总管 (冷链组)、人员管理员、Auditor')
  expect(listOf('en', names)).toBe('分部总管 (冷链组), 人员管理员, Auditor')
  expect(listOf('zh-CN', ['财务部'])).toBe('财务部')
  expect(listOf('en', [])).toBe('')
})
