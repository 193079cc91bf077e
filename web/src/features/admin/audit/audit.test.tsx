import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { audit } from '../../../../mock/records'
import { open, serve, typeDay } from '../../../../mock/render'
import { fullDay } from '~/lib/dates'
import { auditSearch, filterOf, narrowed } from './filter'

test('what an administrator did is an instruction, with its rule, address and device (ADM-02, ADM-06)', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  expect(within(table).getByText('instruction')).toBeTruthy()
  await user.click(within(table).getByRole('button', { name: 'Details: Person suspended' }))
  const dialog = screen.getByRole('dialog', { name: 'Person suspended' })
  expect(within(dialog).getByText('Suspend people')).toBeTruthy()
  expect(within(dialog).getByText('192.0.2.7')).toBeTruthy()
  expect(within(dialog).getByText('Firefox · Windows')).toBeTruthy()
})

test('why something was refused is said in words, and what has none by its code (ADM-02)', async () => {
  const entries = ['identity.wrong_credentials', 'somewhere.new'].map((code, index) => ({ ...audit[2], id: `r${index}`, line: 20 - index, name: 'signIn', outcome: 'refused', code, data: {} }))
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: entries } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  for (const [index, words] of ['Wrong password', 'somewhere.new'].entries()) {
    const button = within(table).getAllByRole('button', { name: /^Details: / })[index]
    if (button) await user.click(button)
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByText('Reason').nextSibling?.textContent).toBe(words)
    await user.keyboard('{Escape}')
  }
})

test('where somebody was and is, and what a department was and is, is told by names of departments (ADM-06)', async () => {
  const data = { before: { department_ids: ['d-sales'], leads: [] }, after: { department_ids: ['d-sales', 'd-lab'], leads: ['d-lab'] } }
  const entry = { ...audit[2], id: 'a8', line: 8, name: 'directory.member_placed', outcome: 'done', code: null, rule: 'people.place', data }
  const department = { position: 0, member_count: 0, has_children: false, leader_ids: [], dotted_leader_ids: [], is_archived: false, revision: 1, can: { edit: true, hide: true, add_people: true } }
  const items = [['d-sales', 'Sales'], ['d-lab', 'Lab']].map(([id, name]) => ({ ...department, id, name }))
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }), 'GET /v1/departments': () => ({ status: 200, body: { items } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  const dialog = screen.getByRole('dialog')
  expect(await within(dialog).findByText('Sales → Sales, Lab')).toBeTruthy()
  expect(within(dialog).getByText('Leads').nextSibling?.textContent).toBe('– → Lab')
})

test('a region is called by its name, before and after', async () => {
  const entry = { ...audit[2], id: 'a9', line: 9, outcome: 'done', code: null, data: { fields: ['region'], before: { region: 'CN-33' }, after: { region: 'TW' } } }
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  expect(within(screen.getByRole('dialog')).getByText('China · Zhejiang → Taiwan')).toBeTruthy()
})

test('a filter goes to the server and into the address', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/audit')
  await user.click(await screen.findByRole('checkbox', { name: 'Only what was refused' }))
  await screen.findByRole('button', { name: 'Show everything' })
  expect(asked.some((call) => call.url.startsWith('/v1/audit?') && call.url.includes('is_refused=true'))).toBe(true)
})

test('a day is asked for once its year is whole, and not for every figure of it', async () => {
  const { asked } = serve()
  const { user, router } = await open('/o/yunwu/admin/audit')
  await typeDay(user, await screen.findByRole('group', { name: 'From' }), '02112026')
  await waitFor(() => expect(router.state.location.search).toEqual({ from: '2026-11-02' }))
  const days = asked.filter((call) => call.url.includes('from=')).map((call) => new URL(call.url, 'http://x').searchParams.get('from'))
  expect(new Set(days)).toEqual(new Set([new Date(2026, 10, 2).toISOString()]))
})

test('only what makes sense is read out of an address, and days are whole', () => {
  const search = auditSearch({ actor: 'a', from: '2026-11-02', until: '2026-02-30', refused: 'yes' })
  expect(search).toEqual({ actor: 'a', from: '2026-11-02' })
  expect(filterOf({ from: '2026-11-02', until: '2026-11-02' })).toEqual({ from: new Date(2026, 10, 2).toISOString(), until: new Date(2026, 10, 3).toISOString() })
})

test('of two days in the wrong order the one that was chosen last stays', () => {
  expect(narrowed({ actor: 'a', until: '2026-11-02' }, 'from', '2026-11-03')).toEqual({ actor: 'a', from: '2026-11-03' })
  expect(narrowed({ from: '2026-11-03' }, 'until', '2026-11-02')).toEqual({ until: '2026-11-02' })
  expect(narrowed({ from: '2026-11-02' }, 'until', '2026-11-02')).toEqual({ from: '2026-11-02', until: '2026-11-02' })
  expect(narrowed({ from: '2026-11-02', actor: 'a' }, 'from', '')).toEqual({ actor: 'a' })
})

test('which application was switched stands in the line, by its name (ADM-04)', async () => {
  const entry = { ...audit[1], id: 'a8', line: 8, name: 'applications.application_decided', data: { application: 'contacts', before: { open_to: 'everybody' }, after: { open_to: 'nobody' } } }
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  expect(within(table).getByRole('cell', { name: 'Contacts' })).toBeTruthy()
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  expect(within(screen.getByRole('dialog')).getAllByText('Contacts').length).toBe(2)
})

/** What the details say of entries, line by line. */
async function linesOf(name: string, data: Record<string, unknown>) {
  const entry = { ...audit[1], id: 'a7', line: 7, name, data }
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  const lines = [...screen.getByRole('dialog').querySelectorAll('dl > div')]
  return Object.fromEntries(lines.map((line) => [line.querySelector('dt')?.textContent ?? '', line.querySelector('dd')?.textContent ?? '']))
}

const IN_WORDS: [string, Record<string, unknown>, Record<string, string>][] = [
  ['branding.brand_changed', { fields: ['name', 'accent', 'logo'], before: '#266365', after: '#9c2b6e' }, { Accent: '#266365 → #9c2b6e', Fields: 'Display name, Accent, Logo' }],
  [
    'files.policy_changed',
    { before: { max_file_bytes: 8 * 1024 ** 3, quota_bytes: 1024 ** 4, refused_extensions: [] }, after: { max_file_bytes: 1024 ** 3, quota_bytes: 1024 ** 4, refused_extensions: ['exe'] } },
    { 'Largest file': '8 GiB → 1 GiB', 'Endings that are refused': '– → exe' },
  ],
  ['workdays.table_changed', { version: 3, before: { week: [true, false, false, false, false, false, false] }, after: { week: [true, true, false, false, false, false, false], '2027-10-01': 'holiday' } }, { 'Working week': 'Mon → Mon, Tue', [fullDay('2027-10-01T12:00:00', 'en')]: '– → holiday' }],
  ['identity.session_started', { is_new_device: true }, { 'New device': 'Yes' }],
  ['dissolution.dissolution_begun', { ends_at: '2027-01-01T12:02:56.068805448Z' }, { 'Erased on': '1 January 2027' }],
  ['directory.organisation_changed', { fields: ['names', 'keeps_edits'], before: { name_en: 'Yunwu', keeps_edits: false }, after: { name_en: 'Cloud', keeps_edits: true } }, { 'English name': 'Yunwu → Cloud', 'Earlier texts are kept': 'No → Yes', Fields: 'Names, Earlier texts are kept' }],
  ['directory.member_details_changed', { fields: ['language', 'phone'] }, { Fields: 'Language, Phone' }],
  ['directory.sensitive_act_ended', { kind: 'directory.lengthen_retention', state: 'lapsed' }, { Kind: 'Keep messages longer' }],
  ['directory.role_written', { before: [], after: ['people.add', 'people.edit'] }, { Permissions: '– → Add people, Change people' }],
]

test.each(IN_WORDS)('what %s says is told in words (ADM-02)', async (name, data, wanted) => {
  const lines = await linesOf(name, data)
  for (const [label, text] of Object.entries(wanted)) expect(lines[label] ?? '').toContain(text)
  expect(Object.values(lines).filter((text) => /\b(true|false|[a-z]+_[a-z]+)\b/.test(text))).toEqual([])
})

test('the details say the year and the second (ADM-02)', async () => {
  const lines = await linesOf('identity.session_started', {})
  expect(lines['Time']).toMatch(/20\d\d.*\d\d:\d\d:\d\d/)
})

test('refusals that have no line of their own are counted, by operation and by reason (ADM-02)', async () => {
  const data = { count: 1412, from: '2026-11-02T09:00:01.000Z', until: '2026-11-02T09:00:09.250Z', operations: { editMember: 2, giveRole: 1410 }, codes: { forbidden: 1412 } }
  const lines = await linesOf('furtherRefusals', data)
  expect(screen.getByRole('dialog', { name: '1,412 further refusals' })).toBeTruthy()
  expect(lines).toMatchObject({ 'How many': '1,412', 'What was tried': 'Give a role × 1,410, Change a person × 2', Reasons: 'No permission × 1,412' })
  expect(lines['The last']).toMatch(/:09$/)
})

test('an act is found by some of its words or by its group, and asked for', async () => {
  const { asked } = serve()
  const { user, router } = await open('/o/yunwu/admin/audit')
  const field = await screen.findByRole('combobox', { name: 'What' })
  expect(field).toHaveProperty('value', 'Everything')
  await user.click(field)
  const groups = within(screen.getByRole('listbox')).getAllByRole('group')
  expect(groups.length).toBeGreaterThan(8)
  expect(screen.queryByRole('group', { name: 'Other' })).toBeNull()
  await user.keyboard('role give')
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Give a role', 'Role given'])
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  await waitFor(() => expect(router.state.location.search).toEqual({ name: 'directory.role_given' }))
  expect(asked.some((call) => call.url.includes('name=directory.role_given'))).toBe(true)
  expect(field).toHaveProperty('value', 'Role given')
  await user.clear(field)
  await user.keyboard('nothing like it')
  expect(screen.getByText('Nothing matches')).toBeTruthy()
  await user.tab()
  expect(field).toHaveProperty('value', 'Role given')
  await user.click(field)
  await user.keyboard('everything{ArrowDown}{Enter}')
  await waitFor(() => expect(router.state.location.search).toEqual({}))
})

test('an act that a newer server tells of can be asked for by its code', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/audit?name=somewhere.new')
  const field = await screen.findByRole('combobox', { name: 'What' })
  expect(field).toHaveProperty('value', 'somewhere.new')
  await user.click(field)
  expect(within(screen.getByRole('group', { name: 'Other' })).getByRole('option', { name: 'somewhere.new' })).toBeTruthy()
})
