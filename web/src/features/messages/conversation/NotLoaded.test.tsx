import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { asAnn } from '../testing'
import { NotLoaded } from './NotLoaded'

const live = vi.hoisted(() => ({ status: 'online', failures: 0 }))
vi.mock('~/shell/live', () => ({ useLiveState: () => live }))

afterEach(() => {
  cleanup()
  Object.assign(live, { status: 'online', failures: 0 })
  vi.useRealTimers()
})

test('while the server is away it is said that the conversation is not here, and that it comes', async () => {
  Object.assign(live, { status: 'waiting', failures: 2 })
  const ann = await asAnn(() => <NotLoaded id="c9" />)
  expect(screen.getByRole('heading', { name: 'This conversation is not on this device yet' })).toBeTruthy()
  expect(screen.queryByText('Loading')).toBeNull()
  const opening = vi.spyOn(ann.engine, 'open')
  Object.assign(live, { status: 'online', failures: 0 })
  ann.again()
  expect(screen.getByText('Loading')).toBeTruthy()
  expect(opening.mock.calls).toEqual([['c9']])
})

test('with the server there it loads, and says so when that takes too long', async () => {
  vi.useFakeTimers()
  await asAnn(() => <NotLoaded id="c9" />)
  expect(screen.getByText('Loading')).toBeTruthy()
  act(() => vi.advanceTimersByTime(10_000))
  expect(screen.getByRole('alert').textContent).toContain('The messages did not arrive')
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.queryByRole('alert')).toBeNull()
  act(() => vi.advanceTimersByTime(9_999))
  expect(screen.getByText('Loading')).toBeTruthy()
  act(() => vi.advanceTimersByTime(1))
  expect(screen.getByRole('alert')).toBeTruthy()
})

test('the time in which the server was away is not counted', async () => {
  vi.useFakeTimers()
  Object.assign(live, { status: 'waiting', failures: 2 })
  const ann = await asAnn(() => <NotLoaded id="c9" />)
  act(() => vi.advanceTimersByTime(60_000))
  Object.assign(live, { status: 'online', failures: 0 })
  ann.again()
  expect(screen.getByText('Loading')).toBeTruthy()
  act(() => vi.advanceTimersByTime(9_999))
  expect(screen.queryByRole('alert')).toBeNull()
  act(() => vi.advanceTimersByTime(1))
  expect(screen.getByRole('alert')).toBeTruthy()
})
