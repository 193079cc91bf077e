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
  deeds: [],
  lists: [
    {
      rows: 4,
      sheets: ['在职', '离职'],
      head: [{ row: 1, cells: ['公司花名册'] }, { row: 2, cells: ['姓名', '手机号', '部门', '备注'] }],
      mapping: { sheet: 0, kind: 'people', header_row: 2, fields: ['name', 'phone', 'departments', null], department_form: 'paths', level_separator: '/', list_separator: ';', root: null, joins_alike: false, others_leave: false, own_fields: [null, null, null, null] },
      columns: [
        { letter: 'A', title: '姓名', samples: ['顾南枝', '韩一'] },
        { letter: 'B', title: '手机号', samples: ['13911112222', '1.39E+10'] },
        { letter: 'C', title: '部门', samples: ['研发中心/质量'] },
        { letter: 'D', title: '备注', samples: [] },
      ],
    },
  ],
  report: {
    counts: { rows: 4, created: 3, invited: 0, changed: 1, moved: 1, left: 0, unchanged: 0, wrong: 1, disabled: 0, departments_created: 2, departments_changed: 0 },
    many_leave: false,
    problems: [
      { severity: 'error', code: 'phone_lost_digits', count: 1 },
      { severity: 'warning', code: 'department_sounds_alike', count: 1 },
      { severity: 'note', code: 'spaces_removed', count: 1 },
    ],
  },
})

const summary = (id: string, state: t.ImportSummary['state'], has_result: boolean): t.ImportSummary => ({ id, file_names: id === 'im1' ? ['花名册.xlsx', 'departments.csv'] : [], state, has_result, created_at: '2026-11-22T10:00:00Z', expires_at: '2026-11-23T10:00:00Z', done: 0, total: 0 })

const PROBLEMS: t.ImportProblem[] = [
  { kind: 'people', row: 4, column: 'B', field: 'phone', severity: 'error', code: 'phone_lost_digits', value: '1.39E+10' },
  { kind: 'people', row: 5, column: 'A', field: 'name', severity: 'note', code: 'spaces_removed', value: '罗笙 ' },
]

const PEOPLE: t.ImportPerson[] = [
  { row: 3, name: '顾南枝', outcome: 'created', departments: ['研发中心 / 质量'], changes: [{ field: 'leads', after: '研发中心 / 质量' }] },
  { row: 66, name: '陆行舟（新）', outcome: 'changed', member_id: 'm-lu', departments: ['产品部'], changes: [{ field: 'name', before: '陆行舟', after: '陆行舟（新）' }, { field: 'departments', before: '研发部', after: '产品部' }] },
]

const KEPT: t.ImportKept[] = [
  { n: 4, kind: 'created', name: '顾南枝', member_id: 'm-gu', code: 'came_in' },
  { n: 9, kind: 'created', name: '质量', code: 'department_not_empty' },
]

export const importHandlers: Record<string, Handler> = {
  'GET /v1/imports': () => ({ status: 200, body: { items: [summary('im1', 'ready', false), summary('im0', 'done', true)] } }),
  'GET /v1/imports/{import}/people': ({ query }) => ({ status: 200, body: { items: PEOPLE.filter((one) => query.get('outcome') === null || one.outcome === query.get('outcome')) } }),
  'GET /v1/imports/{import}/departments': () => ({ status: 200, body: { items: [{ row: 3, after: '研发中心 / 质量' }, { row: 4, before: '产品', after: '产品部' }, { row: 5, before: '财务部', after: '财务部', place: { before: 3, after: 1 } }] } }),
  'DELETE /v1/imports/{import}/result': () => ({ status: 204 }),
  'POST /v1/imports': () => ({ status: 201, body: triedImport() }),
  'GET /v1/imports/{import}': () => ({ status: 200, body: triedImport() }),
  'GET /v1/imports/{import}/problems': ({ query }) => ({ status: 200, body: { items: PROBLEMS.filter((one) => one.severity === query.get('severity')) } }),
  'PUT /v1/imports/{import}/mapping': () => ({ status: 200, body: triedImport() }),
  'POST /v1/imports/{import}/confirm': () => ({ status: 202, body: { ...triedImport(), state: 'queued' } }),
  'POST /v1/imports/{import}/undo': () => ({ status: 202, body: { ...triedImport(), state: 'undoing' } }),
  'GET /v1/imports/{import}/kept': () => ({ status: 200, body: { items: KEPT } }),
  'DELETE /v1/imports/{import}': () => ({ status: 204 }),
}
