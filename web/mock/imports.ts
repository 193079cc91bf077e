/** An import that was tried, as the server describes it. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

export const triedImport = (): t.Import => ({
  id: 'im1',
  state: 'ready',
  created_at: '2026-11-22T10:00:00Z',
  expires_at: '2026-11-23T10:00:00Z',
  done: 0,
  total: 0,
  has_result: false,
  lists: [
    {
      rows: 4,
      mapping: { sheet: 0, kind: 'people', header_row: 2, fields: ['name', 'phone', 'departments', null], department_form: 'paths', level_separator: '/', list_separator: ';', root: null },
      columns: [
        { letter: 'A', title: '姓名', samples: ['顾南枝', '韩一'] },
        { letter: 'B', title: '手机号', samples: ['13911112222', '1.39E+10'] },
        { letter: 'C', title: '部门', samples: ['研发中心/质量'] },
        { letter: 'D', title: '备注', samples: [] },
      ],
    },
  ],
  report: {
    counts: { rows: 4, created: 3, invited: 0, changed: 0, moved: 0, unchanged: 0, wrong: 1, disabled: 0, departments_created: 2, departments_changed: 0 },
    problems: [
      { severity: 'error', code: 'phone_lost_digits', count: 1 },
      { severity: 'note', code: 'spaces_removed', count: 1 },
    ],
    sample: [{ row: 3, name: '顾南枝', outcome: 'created', departments: ['研发中心 / 质量'] }],
  },
})

const PROBLEMS: t.ImportProblem[] = [
  { kind: 'people', row: 4, column: 'B', field: 'phone', severity: 'error', code: 'phone_lost_digits', value: '1.39E+10' },
  { kind: 'people', row: 5, column: 'A', field: 'name', severity: 'note', code: 'spaces_removed', value: '罗笙 ' },
]

export const importHandlers: Record<string, Handler> = {
  'POST /v1/imports': () => ({ status: 201, body: triedImport() }),
  'GET /v1/imports/{import}': () => ({ status: 200, body: triedImport() }),
  'GET /v1/imports/{import}/problems': ({ query }) => ({ status: 200, body: { items: PROBLEMS.filter((one) => one.severity === query.get('severity')) } }),
  'PUT /v1/imports/{import}/mapping': () => ({ status: 200, body: triedImport() }),
  'POST /v1/imports/{import}/confirm': () => ({ status: 202, body: { ...triedImport(), state: 'queued' } }),
  'DELETE /v1/imports/{import}': () => ({ status: 204 }),
}
