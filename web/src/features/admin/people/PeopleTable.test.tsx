import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { giveSize } from '../../../../mock/layout'
import { open, serve } from '../../../../mock/render'

const EVERYBODY = 20_000
const LETTERS = [
  { letter: 'A', place: 0, after: null },
  { letter: 'Z', place: 19_900, after: 'm19899' },
]

/** Ten people are in sight, of a page as high as all of them. */
beforeEach(() => {
  giveSize()
  vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(EVERYBODY * 57 + 36)
})

afterEach(() => vi.restoreAllMocks())

/** Twenty thousand people; the server gives two hundred at once, and from a letter on. */
function serveMany() {
  return serve({
    'GET /v1/members/count': () => ({ status: 200, body: { count: EVERYBODY, letters: LETTERS } }),
    'GET /v1/members': ({ query }, state) => {
      const from = query.has('after') ? Number(query.get('after')?.slice(1)) + 1 : 0
      const items = Array.from({ length: Math.min(200, EVERYBODY - from) }, (_, at) => ({ ...state.members[1], id: `m${from + at}`, name: `Ann ${from + at}`, can: { ...state.members[1]?.can, edit: true } }))
      return { status: 200, body: { items, next: from + 200 < EVERYBODY ? `m${from + 199}` : null } }
    },
  })
}

const table = () => screen.findByRole('table', { name: 'People' })
async function scrolled(): Promise<HTMLElement> {
  const scroller = (await table()).closest('[data-scroller]')
  if (!(scroller instanceof HTMLElement)) throw new Error('the page does not scroll')
  return scroller
}
const rows = async () => within(await table()).getAllByRole('row').slice(1)

test('of twenty thousand people those in sight are drawn, under the height of all of them (ADM-01)', async () => {
  serveMany()
  await open('/o/yunwu/admin/people')
  await screen.findByText('Ann 0')
  await waitFor(async () => expect((await table()).getAttribute('aria-rowcount')).toBe(String(EVERYBODY + 1)))
  const drawn = await rows()
  expect(drawn.length).toBeLessThan(40)
  expect(drawn.map((row) => row.getAttribute('aria-rowindex')).slice(0, 2)).toEqual(['2', '3'])
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  const spaces = [...(await table()).querySelectorAll<HTMLElement>('[data-space] td')].map((space) => Number.parseInt(space.style.blockSize, 10))
  expect(spaces.reduce((sum, one) => sum + one, 0) + drawn.length * 57).toBe(EVERYBODY * 57)
})

test('End leads to the last person without reading everybody before, Home back to the first, and the focus goes along', async () => {
  const { asked } = serveMany()
  const { user } = await open('/o/yunwu/admin/people')
  const first = await screen.findByRole('button', { name: 'Actions for Ann 0' })
  await waitFor(async () => expect((await table()).getAttribute('aria-rowcount')).toBe(String(EVERYBODY + 1)))
  const scroller = await scrolled()
  scroller.scrollTo = (to?: ScrollToOptions | number) => {
    scroller.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0
    scroller.dispatchEvent(new Event('scroll'))
  }
  first.focus()
  await user.keyboard('{End}')
  const last = await screen.findByRole('button', { name: `Actions for Ann ${EVERYBODY - 1}` })
  await waitFor(() => expect(document.activeElement).toBe(last))
  expect(last.closest('tr')?.getAttribute('aria-rowindex')).toBe(String(EVERYBODY + 1))
  const reads = asked.filter((call) => call.url.startsWith('/v1/members?') && call.url.includes('limit=200'))
  expect(reads.length).toBeLessThan(4)
  await user.keyboard('{Home}')
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Actions for Ann 0'))
})

test('whoever has the focus stays drawn when the list is scrolled away', async () => {
  serveMany()
  await open('/o/yunwu/admin/people')
  const first = await screen.findByRole('button', { name: 'Actions for Ann 0' })
  first.focus()
  const scroller = await scrolled()
  await waitFor(async () => expect((await table()).getAttribute('aria-rowcount')).toBe(String(EVERYBODY + 1)))
  scroller.scrollTop = 100 * 57
  scroller.dispatchEvent(new Event('scroll'))
  expect(await screen.findByText('Ann 100')).toBeTruthy()
  expect(screen.queryByText('Ann 40')).toBeNull()
  expect(document.activeElement).toBe(first)
})

test('roles are asked for of those in sight only', async () => {
  const { asked } = serveMany()
  await open('/o/yunwu/admin/people')
  await screen.findByText('Ann 0')
  await waitFor(() => expect(asked.some((call) => call.url.startsWith('/v1/role-grants?members=m0'))).toBe(true))
  expect(asked.filter((call) => call.url.startsWith('/v1/role-grants?members=')).length).toBe(1)
})

test('a list that cannot be read says so', async () => {
  serve({ 'GET /v1/members': () => problem(500, 'core.internal') })
  await open('/o/yunwu/admin/people')
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
  expect(screen.queryByRole('table', { name: 'People' })).toBeNull()
})
