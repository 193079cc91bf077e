import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

/** The page; messages are kept for 360 days at first. */
async function page(own: Record<string, Handler> = {}) {
  const { asked, state } = serve(own, (fresh) => Object.assign(fresh.organisation, { revision: 5 }))
  const { user } = await open('/o/yunwu/admin/retention')
  await screen.findByRole('table', { name: 'What your organisation decides' })
  const change = async () => {
    await user.click(screen.getByRole('button', { name: 'Change' }))
    return within(await screen.findByRole('dialog', { name: 'Messages and their files' }))
  }
  const choose = async (name: string) => {
    await user.click(screen.getByRole('button', { name: /Keep for/ }))
    await user.click(await screen.findByRole('option', { name }))
  }
  return { asked, state, user, change, choose }
}

const sent = (asked: { method: string; body: unknown; headers: Headers }[]) => asked.filter((call) => call.method === 'PUT')

test('every rule stands where whoever decides it is named, with its time and where it comes from (RET-01, RET-09)', async () => {
  await page()
  const decided = within(screen.getByRole('table', { name: 'What your organisation decides' }))
  expect(decided.getByRole('rowheader', { name: /^Messages and their files/ }).closest('tr')?.textContent).toContain('360 days')
  const law = screen.getByRole('table', { name: 'What the law sets the least for' })
  expect(law.textContent).toContain('184 days; the law asks for six months at least')
  expect(within(law).getByText('RET-01')).toBeTruthy()
  expect(within(law).queryByRole('button')).toBeNull()
  expect(within(screen.getByRole('table', { name: 'What stays as long as what it belongs to' })).getByText('RET-08')).toBeTruthy()
})

test('what a shorter time would delete is shown in numbers before it can be decided on, and that is what is sent (C3)', async () => {
  const { asked, user, change, choose } = await page()
  const sheet = await change()
  expect(sheet.getByRole('button', { name: 'Decide' }).hasAttribute('disabled')).toBe(true)
  await choose('180 days')
  const shown = within(await sheet.findByRole('region', { name: 'What this would do' }))
  expect(shown.getByText('What this would delete')).toBeTruthy()
  expect(shown.getByText('6,230')).toBeTruthy()
  expect(within(shown.getByRole('table', { name: 'Messages by month' })).getByRole('row', { name: 'Jul 2026 3,120' })).toBeTruthy()
  await user.click(sheet.getByRole('button', { name: 'Decide' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const [put] = sent(asked)
  expect(put?.headers.get('if-match')).toBe('"5"')
  expect(put?.body).toEqual({ chat_retention_days: 180, preview: '360-180-1', takes_effect_at: '2026-12-04T03:00:00Z', is_confirmed: false })
})

test('a number of one’s own stays within the bounds, and fewer than 90 days are meant twice (RET-09)', async () => {
  const { asked, user, change, choose } = await page()
  const sheet = await change()
  await choose('Another number of days')
  const days = sheet.getByRole('textbox', { name: 'Days' })
  const look = () => user.click(sheet.getByRole('button', { name: 'Show what it would do' }))
  await user.clear(days)
  await user.type(days, '6')
  await look()
  expect(await sheet.findByText('A whole number from 7 to 720.')).toBeTruthy()
  await user.clear(days)
  await user.type(days, '45')
  await look()
  const meant = await sheet.findByRole('checkbox', { name: /^Fewer than 90 days are meant/ })
  expect(sheet.getByRole('button', { name: 'Decide' }).hasAttribute('disabled')).toBe(true)
  await user.click(meant)
  await user.click(sheet.getByRole('button', { name: 'Decide' }))
  await waitFor(() => expect(sent(asked)[0]?.body).toMatchObject({ chat_retention_days: 45, is_confirmed: true }))
})

test('a longer time is asked for, and says that a second is needed', async () => {
  const { asked, user, change, choose } = await page()
  const sheet = await change()
  await choose('720 days')
  expect(await sheet.findByText('What this would keep longer')).toBeTruthy()
  await user.click(sheet.getByRole('button', { name: 'Ask for it' }))
  await waitFor(() => expect(sent(asked)[0]?.body).toMatchObject({ chat_retention_days: 720, preview: '360-720-1' }))
})

test('when it is not what was shown any more it is counted anew, and one decides again (C3)', async () => {
  const { asked, user, change, choose } = await page({
    'PUT /v1/organisation/chat-retention': () => ({ status: 409, body: { status: 409, code: 'retention.preview_changed' } }),
  })
  const sheet = await change()
  await choose('180 days')
  await sheet.findByRole('region', { name: 'What this would do' })
  const looks = () => asked.filter((call) => call.url.startsWith('/v1/retention/preview')).length
  const before = looks()
  await user.click(sheet.getByRole('button', { name: 'Decide' }))
  expect(await sheet.findByText(/^What this would do is not what was shown any more/)).toBeTruthy()
  await waitFor(() => expect(looks()).toBe(before + 1))
})

test('what waits is said with its time, and one tap takes it back (RET-09)', async () => {
  const waiting = { from_days: 360, to_days: 180, asked_by: 'm1', asked_at: '2026-12-02T02:00:00Z', takes_effect_at: '2026-12-03T03:00:00Z' }
  const chat = { days: 360, choices: [90, 180, 360, 720], least_days: 7, most_days: 720, confirmed_below_days: 90 }
  let isWaiting = true
  const rules = [{ id: 'RET-09', kind: 'organisation', until: { kind: 'messages', kept_for_s: 360 * 86_400 }, functions: [], places: 9 }]
  const { user } = await page({
    'GET /v1/retention': () => ({ status: 200, body: { rules, chat: isWaiting ? { ...chat, shortening: waiting } : chat, revision: 5 } }),
    'DELETE /v1/organisation/chat-retention': () => {
      isWaiting = false
      return { status: 204 }
    },
  })
  expect(screen.getByText(/messages are kept for 180 days instead of 360 days/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Change' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Take it back' }))
  expect(await screen.findByText('Taken back. Everything stays as it is.')).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Change' })).toBeTruthy()
})

test('an estimate is marked as one, and what is not known is not made up', async () => {
  const { change, choose } = await page({
    'GET /v1/retention/preview': () => ({
      status: 200,
      body: { change: 'shorter', from_days: 360, to_days: 180, takes_effect_at: '2026-12-04T03:00:00Z', needs_confirmation: false, is_estimate: true, messages: 4_100_000, files: 100_000, kinds: [], months: [], told_otherwise: [], outgrown_versions: [], asked_anew: 0, token: 'x' },
    }),
  })
  const sheet = await change()
  await choose('180 days')
  expect(await sheet.findByText('about 4,100,000')).toBeTruthy()
  expect(sheet.getByText('more than 100,000')).toBeTruthy()
  expect(sheet.getAllByText('too many to count now')).toHaveLength(2)
  expect(sheet.getByText(/^There is so much that not every message was counted/)).toBeTruthy()
})

test('a list that cannot be read says so', async () => {
  serve({ 'GET /v1/retention': () => ({ status: 503, body: { status: 503, code: 'unavailable' } }) })
  await open('/o/yunwu/admin/retention')
  expect(await screen.findByText('The server cannot do this right now. Try again in a moment.')).toBeTruthy()
})
