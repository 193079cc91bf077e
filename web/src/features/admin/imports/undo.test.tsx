import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { triedImport } from '../../../../mock/imports'
import { open, serve } from '../../../../mock/render'
import type { Import } from '~/api/types'

const written = (): Import => ({
  ...triedImport(),
  state: 'done',
  deeds: [
    { kind: 'created', count: 5, undone: 0, kept: 0 },
    { kind: 'changed', count: 1, undone: 1, kept: 0 },
    { kind: 'left', count: 2, undone: 0, kept: 0 },
  ],
})

const withLeavers = (many_leave: boolean): Import => {
  const tried = triedImport()
  return { ...tried, report: { ...tried.report, many_leave, counts: { ...tried.report.counts, wrong: 0, left: 2 } } }
}

test('one kind of what an import did is undone, and what could not be is named', async () => {
  let state = written()
  const { asked } = serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: state }),
    'POST /v1/imports/{import}/undo': () => {
      state = { ...state, state: 'undoing' }
      return { status: 202, body: state }
    },
  })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  const table = await screen.findByRole('table', { name: 'What the import did' }, { timeout: 5000 })
  expect(within(table).getByRole('row', { name: /Changed/ }).textContent).toContain('undone')
  expect(screen.queryByRole('table', { name: 'Could not be undone' })).toBeNull()
  await user.click(within(table).getByRole('button', { name: 'Undo: Created' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Undo: Created?' })
  expect(dialog.textContent).toContain('5 things')
  await user.click(within(dialog).getByRole('button', { name: 'Undo' }))
  const bar = await screen.findByRole('progressbar', { name: 'The import is being undone' })
  // It is not known how far it is: nothing claims that it has not begun, or that it is done.
  expect(bar.getAttribute('aria-valuenow')).toBeNull()
  expect(bar.querySelector('i')?.style.inlineSize).toBe('')
  expect(screen.queryByText('It begins in a moment.')).toBeNull()
  expect(screen.getByText('How long it takes depends on how much the import did.')).toBeTruthy()
  expect(asked.find((call) => call.url.endsWith('/undo'))?.body).toEqual({ kind: 'created' })
  state = { ...state, state: 'done', deeds: [{ kind: 'created', count: 5, undone: 3, kept: 2 }] }
  const kept = await screen.findByRole('table', { name: 'Could not be undone' }, { timeout: 3000 })
  expect(within(kept).getByRole('row', { name: /顾南枝/ }).textContent).toContain('Has signed in since and stays')
  expect(screen.getByRole('button', { name: 'Undo: Created' })).toBeTruthy()
})

test.each([
  ['database.disk_full', 'Nothing was undone: The disk of the server is full.'],
  ['a.newer_code', 'Nothing was undone: Something went wrong on the server.'],
])('why nothing was undone is told in words: %s', async (code, words) => {
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: { ...written(), code } }) })
  await open('/o/yunwu/admin/people/import/im1')
  const said = await screen.findByText(/^Nothing was undone/, undefined, { timeout: 5000 })
  expect(said.textContent).toContain(words)
  expect(document.body.textContent).not.toContain(code)
})

test('why nothing was written is told in words', async () => {
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: { ...triedImport(), state: 'failed', code: 'database.disk_full' } }) })
  await open('/o/yunwu/admin/people/import/im1')
  expect((await screen.findByText(/^Nothing was written:/, undefined, { timeout: 5000 })).textContent).toContain('Nothing was written: The disk of the server is full.')
})

test('all of an import is undone at once', async () => {
  const { asked } = serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: written() }) })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: 'Undo all of it' }, { timeout: 5000 }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Undo all of the import?' })
  expect(dialog.textContent).toContain('7 things')
  await user.click(within(dialog).getByRole('button', { name: 'Undo' }))
  await expect.poll(() => asked.find((call) => call.url.endsWith('/undo'))?.body).toEqual({})
})

test('when more than a tenth leave, that is ticked by itself, and the password is asked for again', async () => {
  let isProven = false
  const { asked } = serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: withLeavers(true) }),
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204 }
    },
    'POST /v1/imports/{import}/confirm': () => (isProven ? { status: 202, body: { ...withLeavers(true), state: 'queued' } } : problem(403, 'identity.prove_again', {})),
  })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: 'Import' }, { timeout: 5000 }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Let people leave?' })
  expect(dialog.textContent).toContain('2 people')
  const confirm = within(dialog).getByRole('button', { name: 'Import, and let them leave' })
  expect(confirm.hasAttribute('disabled')).toBe(true)
  await user.click(within(dialog).getByRole('checkbox', { name: /more than a tenth/ }))
  await user.click(confirm)
  const proof = await screen.findByRole('dialog')
  await user.type(within(proof).getByLabelText('Password'), 'a wall of one')
  await user.keyboard('{Enter}')
  await expect.poll(() => asked.filter((call) => call.url.endsWith('/confirm')).map((call) => call.body)).toEqual([
    { leaves_out_wrong_rows: false, lets_many_leave: true },
    { leaves_out_wrong_rows: false, lets_many_leave: true },
  ])
})

test('few leavers are asked about once, without a tick', async () => {
  const { asked } = serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: withLeavers(false) }) })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: 'Import' }, { timeout: 5000 }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Let people leave?' })
  expect(within(dialog).queryByRole('checkbox')).toBeNull()
  expect(asked.some((call) => call.url.endsWith('/confirm'))).toBe(false)
  await user.click(within(dialog).getByRole('button', { name: 'Import, and let them leave' }))
  await expect.poll(() => asked.find((call) => call.url.endsWith('/confirm'))?.body).toEqual({ leaves_out_wrong_rows: false, lets_many_leave: false })
})

test('whoever is not in the list leaves only when somebody says so', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('switch', { name: /not in this list leave/, checked: false }, { timeout: 5000 }))
  await expect.poll(() => asked.find((call) => call.method === 'PUT')?.body.others_leave).toBe(true)
})

test('what an import did is told as done, and when all of it is undone no passwords are handed over', async () => {
  const tried = written()
  let state: Import = { ...tried, report: { ...tried.report, counts: { ...tried.report.counts, left: 2 } } }
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: state }) })
  const { unmount } = await open('/o/yunwu/admin/people/import/im1')
  expect(await screen.findByText('Left with this import', undefined, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByText(/^Hand the passwords over/)).toBeTruthy()
  unmount()
  state = { ...state, deeds: state.deeds.map((one) => ({ ...one, undone: one.count })) }
  await open('/o/yunwu/admin/people/import/im1')
  expect((await screen.findAllByText('The import was undone.', undefined, { timeout: 5000 })).length).toBeGreaterThan(0)
  expect(screen.queryByText(/^Hand the passwords over/)).toBeNull()
  expect(screen.queryByText('The import is written.', { selector: '[data-tone] *' })).toBeNull()
})

test('a list in which nobody was found offers no import', async () => {
  const tried = triedImport()
  const counts = { ...tried.report.counts, rows: 0, created: 0, invited: 0, changed: 0, moved: 0, left: 0, wrong: 0, departments_created: 0, departments_changed: 0 }
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: { ...tried, report: { ...tried.report, counts, problems: [] } } }) })
  await open('/o/yunwu/admin/people/import/im1')
  expect(await screen.findByText(/^No people were found in the file/, undefined, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Throw away' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Import' })).toBeNull()
})
