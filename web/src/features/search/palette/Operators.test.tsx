/** Operators of the palette while they are written (SRCH-01). */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../../mock/render'
import { find } from '~/shell/finding'
import { provideSearch } from '../testing'

provideSearch()

async function opened(own = {}) {
  const served = serve(own)
  const shown = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  act(() => find())
  return { ...served, ...shown, field: await screen.findByRole('combobox', { name: 'Search' }) }
}

const options = () => screen.queryAllByRole('option')
const meant = () => options().filter((option) => option.getAttribute('aria-selected') === 'true')
const asked = (all: { url: string }[], path: string) => all.filter((call) => call.url.startsWith(path))

test.each([
  ['kind:pict', 'Kind', 'Picture', { name: 'Remove the filter: Kind', said: 'kind=picture' }],
  ['冷链 种类:文字', 'Kind', 'Text', { name: 'Remove the filter: Kind', said: 'kind=text' }],
  ['冷链 before:2026-11-05', 'Before', '5 Nov', { name: 'Remove the filter: Before', said: 'until=2026-11-0' }],
])('%s at the end of the text offers what it can mean, and Enter or Tab takes it', async (text, group, label, { name, said }) => {
  const { user, field, asked: all } = await opened()
  for (const key of ['{Enter}', '{Tab}']) {
    fireEvent.change(field, { target: { value: text } })
    const offered = within(screen.getByRole('group', { name: group })).getAllByRole('option')
    expect(offered.map((option) => option.textContent)).toEqual([expect.stringContaining(label)])
    expect(meant()).toEqual(offered)
    await user.keyboard(key)
    expect(field).toHaveProperty('value', text.startsWith('冷链') ? '冷链 ' : '')
    expect(document.activeElement).toBe(field)
    await waitFor(() => expect(all.some((call) => call.url.includes(said))).toBe(true))
    await user.click(screen.getByRole('button', { name }))
    field.focus()
  }
})

test('a day there is not is said above what is listed, after a space as after Enter, and stays in the field', async () => {
  const { user, field } = await opened()
  await screen.findByRole('option', { name: '冷链' })
  await user.type(field, '早于:2026-13-45 ')
  const note = await screen.findByText(/^“2026-13-45” is no day/)
  const [first] = options()
  expect(first && note.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  expect(field).toHaveProperty('value', '早于:2026-13-45 ')
  await user.type(field, '{Backspace}')
  expect(screen.queryByText(/is no day/)).toBeNull()
  expect(await screen.findByText(/^Write a day like/)).toBeTruthy()
  await user.keyboard('{Enter}')
  expect(await screen.findByText(/^“2026-13-45” is no day/)).toBeTruthy()
})

test('a day alone lists its files, and asks for a word to look for messages', async () => {
  const { user, field, asked: all } = await opened({ 'GET /v1/messages/search': () => ({ status: 200, body: { hits: [] } }) })
  await user.type(field, '日期:昨天 ')
  expect(await screen.findByText(/^Add a word, a person or a conversation/)).toBeTruthy()
  expect(screen.queryByText(/^Nothing was found/)).toBeNull()
  const kinds = asked(all, '/v1/messages/search').map((call) => new URL(call.url, 'http://x').searchParams.get('kind'))
  expect(kinds.toSorted()).toEqual(['file', 'picture'])
})
