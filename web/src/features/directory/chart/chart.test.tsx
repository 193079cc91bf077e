import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, serve } from '../../../../mock/render'
import type { Department } from '~/api/types'
import { branchOf, linesOf, stepOf, toggled, usual, withMore } from './branches'
import { fitting, larger, opening, smaller, turned } from './size'

const department = (id: string, parent_id: string | null, more: Partial<Department> = {}): Department => ({
  id, name: id, parent_id, position: 0, member_count: 3, leader_ids: [], dotted_leader_ids: [], has_children: false, is_archived: false, revision: 1, can: { edit: false, hide: false, add_people: false }, ...more,
})

test('branches are drawn as far as they are opened, what is archived never, and of many beside each other the first', () => {
  const all = [department('a', null), department('b', 'a'), department('c', 'b'), department('old', 'a', { is_archived: true }), ...Array.from({ length: 50 }, (_, n) => department(`n${n}`, 'c'))]
  expect(linesOf(branchOf(all, usual)).map((one) => one.id)).toEqual(['all', 'a'])
  const view = ['a', 'b', 'c'].reduce(toggled, usual)
  const lines = linesOf(branchOf(all, view))
  expect(lines).toHaveLength(4 + 40 + 1)
  expect(lines.at(-1)).toMatchObject({ id: 'more:c', rest: 10, level: 5 })
  expect(linesOf(branchOf(all, withMore(view, 'more:c')))).toHaveLength(4 + 50)
  expect(linesOf(branchOf(all, toggled(view, 'a')))).toHaveLength(2)
})

test('keys go through the chart as through every tree', () => {
  const all = [department('a', null), department('b', 'a')]
  const shut = linesOf(branchOf(all, usual))
  expect(stepOf(shut, 'a', 'ArrowRight')).toEqual({ toggle: 'a' })
  const lines = linesOf(branchOf(all, toggled(usual, 'a')))
  expect(stepOf(lines, 'a', 'ArrowRight')).toEqual({ go: 'b' })
  expect(stepOf(lines, 'b', 'ArrowRight')).toBeNull()
  expect(stepOf(lines, 'b', 'ArrowLeft')).toEqual({ go: 'a' })
  expect(stepOf(lines, 'a', 'ArrowLeft')).toEqual({ toggle: 'a' })
  expect([stepOf(lines, 'a', 'ArrowDown'), stepOf(lines, 'b', 'ArrowUp'), stepOf(lines, 'b', 'Home'), stepOf(lines, 'all', 'End')]).toEqual([{ go: 'b' }, { go: 'a' }, { go: 'all' }, { go: 'b' }])
  expect(stepOf(lines, 'b', 'ArrowDown')).toBeNull()
})

test('the chart says who leads a department and how many are in it, and is used with the keyboard alone (DIR-01)', async () => {
  serve()
  const { user, router } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('link', { name: 'Organisation chart' }))
  const chart = await screen.findByRole('tree', { name: 'Organisation chart' })
  const items = () => within(chart).getAllByRole('treeitem')
  const [whole] = items()
  expect(whole?.getAttribute('aria-expanded')).toBe('true')
  whole?.focus()
  await user.keyboard('{ArrowDown}')
  await waitFor(() => expect(document.activeElement).toBe(items()[1]))
  const closed = () => items().find((one) => one.getAttribute('aria-expanded') === 'false')
  for (let branch = closed(); branch; branch = closed()) {
    const drawn = items().length
    branch.focus()
    await user.keyboard('{ArrowRight}')
    await waitFor(() => expect(items().length).toBeGreaterThan(drawn))
  }
  const led = await within(chart).findByRole('treeitem', { name: /^产品运营 ?陆行舟 ?6 people$/ })
  led.focus()
  expect(items().filter((one) => one.tabIndex === 0)).toHaveLength(1)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/people'))
  expect(router.state.location.search).toEqual({ department: led.dataset['branch'] })
})

test('what is printed is an outline of what is opened', async () => {
  serve()
  const print = vi.fn()
  vi.stubGlobal('print', print)
  const { user } = await open('/o/yunwu/people/chart')
  await screen.findByRole('tree', { name: 'Organisation chart' })
  const paper = () => document.body.querySelector(':scope > [data-print]')
  expect(paper()?.querySelectorAll('li').length).toBe(screen.getAllByRole('treeitem').length - 1)
  await user.click(screen.getByRole('button', { name: 'Print' }))
  expect(print).toHaveBeenCalled()
})

test('the chart is drawn larger and smaller within reason, and fitted never larger than usual', () => {
  expect(smaller(larger(1))).toBeCloseTo(1)
  expect([larger(2), smaller(0.1)]).toEqual([2, 0.1])
  expect([turned(1, -300), turned(1, 9_000)].map((scale) => scale.toFixed(2))).toEqual(['2.00', '0.10'])
  expect(fitting({ width: 2_000, height: 300 }, { width: 1_000, height: 600 })).toBe(0.5)
  expect(fitting({ width: 200, height: 100 }, { width: 1_000, height: 600 })).toBe(1)
})

test('it opens whole as long as its names can be read, and never smaller than that nor larger than usual', () => {
  const room = { width: 1_000, height: 600 }
  expect(opening({ width: 1_250, height: 300 }, room)).toBe(0.8)
  expect(opening({ width: 9_000, height: 300 }, room)).toBe(0.6)
  expect(opening({ width: 200, height: 100 }, room)).toBe(1)
})

test('what does not fit is opened whole, and what one does about its size afterwards stays', async () => {
  const measured = vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1_250, 300))
  const wide = vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1_000)
  const high = vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600)
  serve()
  const { user } = await open('/o/yunwu/people/chart')
  const chart = await screen.findByRole('tree', { name: 'Organisation chart' })
  const size = within(screen.getByRole('group', { name: 'Size of the chart' }))
  const shown = () => size.getByRole('status').textContent
  expect(shown()).toBe('80%')
  within(chart).getAllByRole('treeitem')[0]?.focus()
  await user.keyboard('0')
  expect(shown()).toBe('100%')
  await user.keyboard('{ArrowDown}{ArrowRight}')
  expect(shown()).toBe('100%')
  for (const one of [measured, wide, high]) one.mockRestore()
})

test('buttons, keys and the wheel with Ctrl change how large the chart is; dragging moves it and opens nothing', async () => {
  serve()
  const { user, router } = await open('/o/yunwu/people/chart')
  const chart = await screen.findByRole('tree', { name: 'Organisation chart' })
  const size = within(screen.getByRole('group', { name: 'Size of the chart' }))
  const shown = () => size.getByRole('status').textContent
  await user.click(size.getByRole('button', { name: 'Larger' }))
  expect(shown()).toBe('125%')
  within(chart).getAllByRole('treeitem')[0]?.focus()
  await user.keyboard('--')
  expect(shown()).toBe('80%')
  await user.keyboard('{Control>}+{/Control}')
  expect(shown()).toBe('80%')
  await user.keyboard('0')
  expect(shown()).toBe('100%')
  fireEvent.wheel(chart, { deltaY: 60 })
  expect(shown()).toBe('100%')
  fireEvent.wheel(chart, { deltaY: 60, ctrlKey: true })
  expect(shown()).toBe('82%')
  const card = within(chart).getByRole('treeitem', { name: /^法务/ })
  const box = chart.parentElement ?? chart
  const scrolled = vi.fn()
  box.scrollBy = scrolled
  const at = (clientX: number) => ({ target: card, coords: { clientX, clientY: 0 } })
  await user.pointer([{ keys: '[MouseLeft>]', ...at(100) }, at(60), { keys: '[/MouseLeft]', ...at(60) }])
  expect(scrolled).toHaveBeenCalledWith(40, 0)
  expect(router.state.location.pathname).toBe('/o/yunwu/people/chart')
  await user.click(card)
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/people'))
})
