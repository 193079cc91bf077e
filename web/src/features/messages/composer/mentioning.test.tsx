/** Whom an @ offers where names begin alike, and how far the server is asked. */
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { serve } from '../../../../mock/render'
import type { TextBody } from '~/api/types'
import { afresh } from '../conversation/writing'
import { asAnn } from '../testing'
import { Composer } from './Composer'

/** Ann writes to a group in which Cen is called `name`, which the server says for what `finds` it. */
async function setUp(name: string, finds: (query: string) => boolean, others = 0) {
  const strangers = Array.from({ length: others }, (_, place) => ({ id: `s${place}`, name: `Bo ${place}`, department_ids: [] }))
  const { asked } = serve({
    'GET /v1/members': ({ query }) => {
      const words = query.get('query') ?? ''
      return { status: 200, body: { items: [...(words.includes(' ') ? [] : strangers), ...(finds(words) ? [{ id: 'cen', name, department_ids: [] }] : [])] } }
    },
  })
  const side = await asAnn((entry) => <Composer entry={entry} title="Move" writing={afresh} onWriting={() => undefined} onSent={() => undefined} />)
  const said = (): TextBody[] => side.server.messages.flatMap((message) => (message.author_id === 'ann' && message.body?.kind === 'text' ? [message.body] : []))
  const people = () => asked.flatMap(({ url }) => (url.startsWith('/v1/members?') ? (new URLSearchParams(url.slice(12)).get('query') ?? []) : []))
  const offered = () => screen.queryAllByRole('option').map((option) => option.textContent)
  return { ...side, said, people, offered, user: userEvent.setup(), field: screen.getByRole('textbox', { name: 'Message Move' }) }
}

test('after Bob was picked once, Bob Marsh can be narrowed to', async () => {
  const { user, field, offered, said, settle } = await setUp('Bob Marsh', (words) => 'bob marsh'.startsWith(words.toLowerCase()))
  await user.type(field, '@bo')
  await expect.poll(offered).toEqual(['Bob', 'Bob Marsh'])
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', '@Bob ')
  expect(offered()).toEqual([])
  await user.type(field, 'and @Bob ')
  expect(offered()).toEqual([])
  await user.type(field, 'm')
  expect(offered()).toEqual(['Bob Marsh'])
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', '@Bob and @Bob Marsh ')
  await user.type(field, 'look{Enter}')
  await settle()
  expect(said()).toMatchObject([{ text: '@Bob and @Bob Marsh look', mentions: ['bob', 'cen'] }])
})

test('what follows a picked name and is no name closes the people', async () => {
  const { user, field, offered } = await setUp('Bob Marsh', (words) => 'bob marsh'.startsWith(words.toLowerCase()))
  await user.type(field, '@bo')
  await expect.poll(offered).toEqual(['Bob', 'Bob Marsh'])
  await user.keyboard('{Enter}')
  await user.type(field, 'h')
  expect(offered()).toEqual([])
})

test.each(['the message was sent', 'the name was taken out'])('once %s the name asks again', async (how) => {
  const { user, field, offered, settle } = await setUp('Bob Marsh', () => true)
  await user.type(field, '@bo')
  await expect.poll(offered).toEqual(['Bob', 'Bob Marsh'])
  await user.keyboard('{Enter}')
  if (how === 'the message was sent') await user.type(field, 'look{Enter}')
  else await user.clear(field)
  await settle()
  expect(field).toHaveProperty('value', '')
  await user.type(field, '@Bob ')
  await expect.poll(offered).toEqual(['Bob', 'Bob Marsh'])
})

test('where the first word finds more than an answer holds, the server is asked with all of them, as long as that finds somebody', async () => {
  const { user, field, people, offered } = await setUp('Bo Zhou', (words) => words.includes(' ') && 'bo zhou'.startsWith(words), 20)
  await user.type(field, '@bo')
  await expect.poll(people).toEqual(['b', 'bo'])
  await user.type(field, ' zh')
  await expect.poll(offered).toEqual(['Bo Zhou'])
  await user.type(field, ' x')
  await expect.poll(() => people().at(-1)).toBe('bo zh x')
  await user.type(field, 'yz')
  expect(people()).toEqual(['b', 'bo', 'bo z', 'bo zh', 'bo zh x'])
})

test('a space typed after a chosen name is the one that came with it; who types another gets it', async () => {
  const { user, field } = await setUp('Bob Marsh', () => false)
  await user.type(field, '@bo')
  await expect.poll(() => screen.queryAllByRole('option').length).toBe(1)
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', '@Bob ')
  await user.keyboard(' look')
  expect(field).toHaveProperty('value', '@Bob look')
  await user.clear(field)
  await user.type(field, '@bo')
  await expect.poll(() => screen.queryAllByRole('option').length).toBe(1)
  await user.keyboard('{Enter}  x')
  expect(field).toHaveProperty('value', '@Bob  x')
})

test('a space typed after a name in the middle leaves the cursor there', async () => {
  const { user, field } = await setUp('Bob Marsh', () => false)
  await user.type(field, 'Hey there')
  await user.type(field, '@bo', { initialSelectionStart: 4, initialSelectionEnd: 4 })
  await expect.poll(() => screen.queryAllByRole('option').length).toBe(1)
  await user.keyboard('{Enter}')
  await user.keyboard(' ')
  await Promise.resolve()
  await user.keyboard('and ')
  expect(field).toHaveProperty('value', 'Hey @Bob and there')
})
