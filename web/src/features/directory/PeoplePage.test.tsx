import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { memberId } from '../../../mock/company'
import { StillMedia } from '../../../mock/media'
import { open, serve } from '../../../mock/render'
import { beginWith, company } from '~/shell/begin'
import { links } from '~/shell/links'
import { setDensity } from '~/shell/preferences'

/** jsdom lays nothing out: a list as high as this shows its first people. */
beforeEach(() => {
  act(() => beginWith(null))
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(1200)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800)
})

afterEach(() => vi.restoreAllMocks())

async function shown() {
  serve()
  const view = await open('/o/yunwu/people')
  await waitFor(() => box('陆行舟'))
  return view
}

const people = () => screen.getByRole('list', { name: 'People' })
const box = (name: string) => within(people()).getByRole('checkbox', { name: `Choose ${name}` })

describe('the directory (DIR-01, DIR-04)', () => {
  test('says how many there are and who leads a department', async () => {
    serve()
    await open('/o/yunwu/people?department=0192f7a0-0002-7000-8000-000000000004')
    expect(await screen.findByRole('heading', { name: '产品运营', level: 1 })).toBeTruthy()
    expect(await screen.findByText(/6 people/)).toBeTruthy()
    expect(await screen.findByText(/led by 陆行舟/)).toBeTruthy()
  })

  test('the tree is unfolded down to the department that was gone to, and to where somebody is whose card is opened straight away', async () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => undefined)
    serve()
    const { router } = await open('/o/yunwu/people')
    const tree = within(await screen.findByRole('treegrid', { name: 'Departments' }))
    const department = '0192f7a0-0002-7000-8000-000000000004'
    expect(tree.queryByRole('row', { name: '产品运营' })).toBeNull()
    await act(() => router.navigate({ href: `/o/yunwu/people?department=${department}` }))
    const line = await tree.findByRole('row', { name: '产品运营' })
    expect(line.getAttribute('aria-selected')).toBe('true')
    await waitFor(() => expect(scrolled.mock.contexts).toContain(line))
    // Whoever folds it again is left in peace.
    await userEvent.click(tree.getAllByRole('button', { name: /^Collapse 产品/ })[0] ?? line)
    await waitFor(() => expect(tree.queryByRole('row', { name: '产品运营' })).toBeNull())
    await act(() => router.navigate({ href: links.person('yunwu', memberId(2)) }))
    const mark = await tree.findByRole('img', { name: /is here$/ })
    await waitFor(() => expect(scrolled.mock.contexts).toContain(mark.closest('[role=row]')))
  })

  test('shows what fits while somebody types, and departments of that name', async () => {
    serve()
    const { user } = await open('/o/yunwu/people')
    await user.type(await screen.findByRole('searchbox', { name: 'Search people' }), '产品')
    expect(await screen.findByRole('link', { name: /产品运营 · 6/ })).toBeTruthy()
    await user.clear(screen.getByRole('searchbox', { name: 'Search people' }))
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'luxing')
    await waitFor(() => expect(within(people()).getAllByRole('listitem')).toHaveLength(1))
    expect(within(people()).getByText('陆行舟')).toBeTruthy()
  })

  test('a department that was found is opened: the search is over, also where it was open before', async () => {
    serve()
    const { user } = await open('/o/yunwu/people')
    const field = await screen.findByRole('searchbox', { name: 'Search people' })
    for (const before of ['everybody', 'the same department']) {
      await user.type(field, '产品')
      expect(await screen.findByRole('heading', { name: 'Search', level: 1 })).toBeTruthy()
      await user.click(await screen.findByRole('link', { name: /产品运营 · 6/ }))
      expect(await screen.findByRole('heading', { name: '产品运营', level: 1 }), before).toBeTruthy()
      expect(field).toHaveProperty('value', '')
    }
  })

  test('the card of who was found leaves the search as it is, its department ends it, and going back finds it again', async () => {
    serve()
    const { user, router } = await open('/o/yunwu/people?department=0192f7a0-0002-7000-8000-000000000004')
    const field = await screen.findByRole('searchbox', { name: 'Search people' })
    await user.type(field, 'luxing')
    const found = async () => {
      await waitFor(() => expect(within(people()).getAllByRole('listitem')).toHaveLength(1))
      await user.click(within(people()).getByRole('link', { name: /陆行舟/ }))
      return screen.findByRole('region', { name: 'Person' })
    }
    await found()
    expect(field).toHaveProperty('value', 'luxing')
    await act(async () => router.history.back())
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Person' })).toBeNull())
    expect(field).toHaveProperty('value', 'luxing')
    const card = await found()
    await user.click((await within(card).findAllByRole('link', { name: /产品/ }))[0] ?? card)
    await waitFor(() => expect(field).toHaveProperty('value', ''))
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Search', level: 1 })).toBeNull())
  })

  test('a compact list has lower lines, and a finger still finds them', async () => {
    const line = async () => {
      const { unmount } = await shown()
      const height = within(people()).getAllByRole('listitem')[0]?.style.blockSize
      unmount()
      return height
    }
    expect(await line()).toBe('60px')
    act(() => setDensity('compact'))
    expect(await line()).toBe('32px')
    vi.spyOn(StillMedia.prototype, 'matches', 'get').mockImplementation(function (this: StillMedia) {
      return this.media === '(pointer: coarse)'
    })
    expect(await line()).toBe('44px')
    act(() => setDensity('normal'))
  })

  test('letters lead to where they begin, by key, by press and in a list of a department', async () => {
    const letters = [{ letter: 'L', place: 1 }, { letter: 'W', place: 4 }]
    serve({ 'GET /v1/members/count': ({ query }, state) => ({ status: 200, body: { count: state.members.length, letters: query.has('query') ? [] : letters } }) })
    const { user } = await open('/o/yunwu/people')
    await waitFor(() => box('陆行舟'))
    expect(screen.queryByRole('toolbar')).toBeNull()
    await user.keyboard('g')
    const strip = await screen.findByRole('toolbar', { name: 'Go to a letter' })
    expect(within(strip).getAllByRole('button').map((button) => button.textContent)).toEqual(['L', 'W'])
    expect(document.activeElement?.textContent).toBe('L')
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement?.textContent).toBe('W')
    await user.keyboard('nw')
    expect(document.activeElement?.getAttribute('data-place')).toBe('4')
    await user.click(within(strip).getByRole('button', { name: 'L' }))
    expect(document.activeElement?.getAttribute('data-place')).toBe('1')
    act(() => within(strip).getByRole('button', { name: 'W' }).focus())
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('toolbar')).toBeNull()
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'lu')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Go to a letter' })).toBeNull())
  })

  test('where only a department matches, nothing says that nobody does', async () => {
    serve()
    const { user } = await open('/o/yunwu/people')
    const field = await screen.findByRole('searchbox', { name: 'Search people' })
    await user.type(field, '产品')
    await screen.findByRole('link', { name: /产品运营 · 6/ })
    expect(await screen.findByText(/^\d+ departments?$/)).toBeTruthy()
    expect(screen.queryByText(/Nobody matches|0 people/)).toBeNull()
    await user.clear(field)
    await user.type(field, 'qqq')
    expect(await screen.findByRole('heading', { name: 'Nobody matches “qqq”' })).toBeTruthy()
  })

  test('who stood at the top stays there when people are drawn as cards, and as a list again', async () => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(240)
    vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(10_000)
    const { scrollTo } = Element.prototype
    onTestFinished(() => void (Element.prototype.scrollTo = scrollTo))
    // Scrolled at once, told a moment later, as browsers do.
    Element.prototype.scrollTo = function (to?: number | ScrollToOptions) {
      this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0
      queueMicrotask(() => this.dispatchEvent(new Event('scroll')))
    }
    const { user } = await shown()
    const list = people().parentElement
    if (!list) throw new Error('the list does not scroll')
    await act(async () => list.scrollTo({ top: 5 * 60 }))
    await user.click(screen.getByRole('radio', { name: 'Cards' }))
    await waitFor(() => expect(list.scrollTop).toBe(5 * (104 + 12)))
    await user.click(screen.getByRole('radio', { name: 'List' }))
    await waitFor(() => expect(list.scrollTop).toBe(5 * 60))
  })

  test('on a phone the letters give way while people are chosen, and after each letter', async () => {
    vi.spyOn(StillMedia.prototype, 'matches', 'get').mockImplementation(function (this: StillMedia) {
      return this.media === '(max-width: 767.98px)'
    })
    const letters = [{ letter: 'L', place: 1 }, { letter: 'W', place: 4 }]
    serve({ 'GET /v1/members/count': ({ query }, state) => ({ status: 200, body: { count: state.members.length, letters: query.has('query') ? [] : letters } }) })
    const { user } = await open('/o/yunwu/people')
    await user.click(await screen.findByRole('button', { name: 'Go to a letter' }))
    const strip = { name: 'Go to a letter' }
    await screen.findByRole('toolbar', strip)
    await user.click(screen.getByRole('button', { name: 'Choose people' }))
    expect(screen.queryByRole('toolbar', strip)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Go to a letter' }))
    await user.click(within(screen.getByRole('toolbar', strip)).getByRole('button', { name: 'W' }))
    expect(screen.queryByRole('toolbar', strip)).toBeNull()
    expect(box('陆行舟')).toBeTruthy()
  })

  test('a department is found by its sound too: the server says so', async () => {
    serve({ 'GET /v1/departments': ({ query }, state) => ({ status: 200, body: { items: state.departments.filter((one) => !query.has('query') || (query.get('query') === 'fawu' && one.name === '法务')) } }) })
    const { user } = await open('/o/yunwu/people')
    await user.type(await screen.findByRole('searchbox', { name: 'Search people' }), 'fawu')
    expect(await screen.findByRole('link', { name: /法务/ })).toBeTruthy()
  })

  test('one chosen person is written to, several make a group with them', async () => {
    serve()
    const { user } = await open('/o/yunwu/people')
    await user.click(await waitFor(() => box('陆行舟')))
    expect(screen.getByRole('toolbar', { name: 'With the chosen people' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Message' })).toBeTruthy()
    await user.click(box('何小满'))
    expect(screen.getByText('2 people chosen')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Start a group' }))
    expect(company()?.members.map((member) => member.id)).toEqual([memberId(2), memberId(3)])
  })

  test('keys move, choose and let go; oneself and who cannot sign in are not chosen', async () => {
    serve()
    const { user } = await open('/o/yunwu/people')
    await waitFor(() => box('陆行舟'))
    const first = within(people()).getAllByRole('link')[0]
    first?.focus()
    await user.keyboard('x')
    expect(screen.queryByRole('toolbar')).toBeNull()
    await user.keyboard('{ArrowDown} ')
    expect(screen.getByText('1 person chosen')).toBeTruthy()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(screen.getByText('2 people chosen')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(box('罗暄')).toHaveProperty('disabled', true)
  })

  test('a whole department makes a group, with those below it', async () => {
    serve()
    const { user } = await open('/o/yunwu/people?department=0192f7a0-0002-7000-8000-000000000002')
    await user.click(await screen.findByRole('button', { name: 'Group with this department' }))
    expect(company()?.departments.map((one) => one.name)).toEqual(['产品中心'])
  })
})
