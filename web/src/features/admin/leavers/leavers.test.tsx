import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { freshLeavers, leaverHandlers } from '../../../../mock/leavers'
import { problem } from '../../../../mock/handlers'
import { memberId } from '../../../../mock/company'
import { giveSize } from '../../../../mock/layout'
import { open, serve } from '../../../../mock/render'
import { day as dayOf } from '~/lib/dates'
import { inMonths, LEAVES_IN } from '../people/LeaveDialogs'

beforeEach(freshLeavers)
const PAGE = `/o/yunwu/admin/leavers/${memberId(14)}`

test('who is leaving is listed with what comes next and what is open (DEL-02)', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/leavers')
  const row = await screen.findByRole('row', { name: /罗暄/ })
  expect(row.textContent).toContain('disabled')
  expect(row.textContent).toContain('leaves')
  expect(row.textContent).toContain('4 things')
  await user.click(within(row).getByRole('link', { name: 'Open the hand-over of 罗暄' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Hand-over of 罗暄' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Hand-over', current: 'page' })).toBeTruthy()
})

test('each thing has a proposed successor, is handed over or skipped (DEL-01)', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  const group = await screen.findByRole('article', { name: /华东仓周会/ })
  expect(await within(group).findByRole('combobox', { name: /Successor for/ })).toHaveProperty('value', '顾言')
  await user.click(within(group).getByRole('button', { name: /Hand over/ }))
  expect(await screen.findByText('Handed over', { selector: 'h2' })).toBeTruthy()
  expect(asked.find((call) => call.url.endsWith('/decisions'))?.body).toMatchObject({ kind: 'chat.group', successor_id: memberId(13) })
  const contacts = screen.getByRole('article', { name: /Contacts shared with everybody/ })
  expect(within(contacts).getByRole('button', { name: /Hand over/ })).toHaveProperty('disabled', true)
  await user.click(within(contacts).getByRole('button', { name: /Skip/ }))
  expect(await within(screen.getByRole('article', { name: /Contacts shared with everybody/ })).findByText('stays as it is')).toBeTruthy()
  const role = screen.getByRole('article', { name: /分部人事/ })
  expect(within(role).queryByRole('button', { name: /Hand over/ })).toBeNull()
  expect(role.textContent).toContain('You may not hand this over')
})

test('all at once leaves what is refused, with the reason, and stops nothing else', async () => {
  const decide = 'POST /v1/hand-overs/{member}/decisions'
  serve({ [decide]: (request, state) => (request.body.kind === 'chat.group' ? problem(403, 'forbidden') : (leaverHandlers[decide]?.(request, state) ?? problem(404, 'not_found'))) })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Hand over all 2' }))
  const group = screen.getByRole('article', { name: /华东仓周会/ })
  expect(await within(group).findByText('You may not do this.')).toBeTruthy()
  expect(await screen.findByText('Handed over', { selector: 'h2' })).toBeTruthy()
  expect(screen.getAllByRole('article')).toHaveLength(3)
})

test('a refusal is said at the thing it is about', async () => {
  serve({ 'POST /v1/hand-overs/{member}/decisions': () => problem(422, 'invalid', { field: 'successor_id', why: 'not_a_candidate' }) })
  const { user } = await open(PAGE)
  const group = await screen.findByRole('article', { name: /华东仓周会/ })
  await user.click(within(group).getByRole('button', { name: /Hand over/ }))
  expect(await within(group).findByText('This person cannot have it. Choose somebody else.')).toBeTruthy()
})

test('a month later is the same day, or the last one of a shorter month (ACC-11)', () => {
  const day = (text: string, months: number) => inMonths(new Date(text), months).toDateString()
  expect(day('2027-01-31T12:00:00', 1)).toBe(new Date('2027-02-28T12:00:00').toDateString())
  expect(day('2026-11-30T12:00:00', 12)).toBe(new Date('2027-11-30T12:00:00').toDateString())
})

test('disabling and removing say before what happens and when (ACC-11, DEL-01)', async () => {
  giveSize()
  const { asked } = serve({ 'POST /v1/members/{member}/remove': () => problem(403, 'identity.prove_again') })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Disable' }))
  const question = await screen.findByRole('alertdialog', { name: 'Disable 陆行舟?' })
  expect(question.textContent).toContain('end at once')
  // In between they leave, and are let in all the same until they are erased (DEL-02).
  const shown = (date: Date) => dayOf(date.toISOString(), 'en')
  const ends = inMonths(new Date(), 1)
  const erased = new Date(ends.getTime() + LEAVES_IN * 86_400_000)
  expect(question.textContent).toContain(`They leave on ${shown(ends)}. Until ${shown(erased)} you can let them in again; then their profile, drafts and own contacts are erased.`)
  await user.click(within(question).getByRole('button', { name: 'Disable' }))
  expect(asked.find((call) => call.url.endsWith('/disable'))?.body).toEqual({ months: 1 })

  await user.click(await screen.findByRole('button', { name: 'Actions for 何小满' }))
  await user.click(screen.getByRole('menuitem', { name: 'Remove' }))
  await user.click(within(await screen.findByRole('alertdialog', { name: 'Remove 何小满?' })).getByRole('button', { name: 'Remove' }))
  expect(await screen.findByRole('dialog', { name: 'Your password again' })).toBeTruthy()
})
