/** What should be seen stays in sight while rows around it turn out to be taller than they were taken for. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { act, fireEvent, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { usePinned } from './usePinned'

const rows = ['a', 'b', 'c'].map((key) => ({ key }))

function setUp() {
  const element = document.createElement('div')
  const scrolled: string[] = []
  const list = { height: 100 }
  const virtual = {
    getTotalSize: () => list.height,
    scrollToEnd: () => scrolled.push('end'),
    scrollToIndex: (index: number, { align }: { align: string }) => scrolled.push(`${index} ${align}`),
  } as unknown as Virtualizer<HTMLDivElement, Element>
  const { result, rerender } = renderHook(() => usePinned({ current: element }, virtual, true, rows))
  /** Rows were measured: the list is as tall as this now. Answers where it was scrolled to. */
  const grow = (height: number) => {
    scrolled.length = 0
    list.height = height
    rerender()
    return [...scrolled]
  }
  return { element, grow, pin: (pin: Parameters<typeof result.current>[0]) => act(() => result.current(pin)) }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the live end is held until somebody scrolls up', () => {
  const { element, grow } = setUp()
  expect(grow(200)).toEqual(['end'])
  fireEvent.wheel(element, { deltaY: 9 })
  expect(grow(300)).toEqual(['end'])
  fireEvent.wheel(element, { deltaY: -9 })
  expect(grow(400)).toEqual([])
})

test('a message that was jumped to stays in the middle while those around it are measured', () => {
  const { element, grow, pin } = setUp()
  pin({ key: 'b' })
  expect([grow(300), grow(500)]).toEqual([['1 center'], ['1 center']])
  fireEvent.wheel(element, { deltaY: 9 })
  expect(grow(600)).toEqual([])
})

test('it is not held for good', () => {
  const { grow, pin } = setUp()
  pin({ key: 'b' })
  vi.advanceTimersByTime(6_000)
  expect(grow(300)).toEqual([])
})
