/** What is said is heard once, in its order, and does not stay. */
import { act, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Said, say, useSay } from './say'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const heard = () => [...document.querySelectorAll('[aria-live=polite] p')].map((one) => one.textContent)

function Counting({ count }: { count: number | null }) {
  useSay(count === null ? null : `${count} results`)
  return null
}

test('words follow each other in the place that was there before them', () => {
  render(<Said />)
  act(() => {
    say('People')
    say('3 results')
  })
  expect(heard()).toEqual(['People', '3 results'])
  act(() => void vi.advanceTimersByTime(6_000))
  expect(heard()).toEqual([])
})

test('a count is said when it has become another, not each time it is drawn', () => {
  const shown = (count: number | null) => <><Said /><Counting count={count} /></>
  const { rerender } = render(shown(null))
  for (const count of [3, 3, null, 4]) rerender(shown(count))
  expect(heard()).toEqual(['3 results', '4 results'])
  act(() => void vi.advanceTimersByTime(6_000))
})
