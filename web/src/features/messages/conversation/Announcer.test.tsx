/** What a screen reader hears of a conversation that goes on (IM-01, IM-02). */
import { act } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '~/api/types'
import { FakeServer } from '../engine/fakeServer'
import { asAnn } from '../testing'
import { Announcer } from './Announcer'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Ann hears a conversation of which nine messages were there when she opened it. */
async function hearing() {
  const truth = new FakeServer()
  const say = (author: string, text: string) => truth.store(author, `${truth.messages.length}`, { v: 1, kind: 'text', text })
  for (let n = 1; n < 10; n += 1) say('bob', `${n}`)
  let shown: readonly Message[] = truth.messages.slice(-5)
  const ann = await asAnn(() => <Announcer messages={shown} known={9} />)
  const show = (messages: readonly Message[]) => {
    shown = [...messages]
    ann.again()
  }
  const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
  return { truth, say, show, wait, heard: () => ann.container.querySelector('[aria-live=polite]')?.textContent?.replaceAll(/[\u2066-\u2069]/g, '') }
}

test('a new message is read out with who said it, and the same words again are new', async () => {
  const { truth, say, show, wait, heard } = await hearing()
  await wait(2_000)
  expect(heard()).toBe('')
  say('bob', 'Is it **dry**?')
  show(truth.messages)
  await wait(1_000)
  expect(heard()).toBe('Bob: Is it dry?')
  say('bob', 'Is it dry?')
  show(truth.messages)
  await wait(1_000)
  expect(heard()).toBe('Bob: Is it dry?\u00A0')
  say('zoe', 'Somebody new here')
  show(truth.messages)
  await wait(1_000)
  expect(heard()).toBe('Somebody: Somebody new here')
})

test('a conversation that never pauses is still read out, several messages at once', async () => {
  const { truth, say, show, wait, heard } = await hearing()
  for (let n = 0; n < 4; n += 1) {
    say(n === 1 ? 'ann' : 'bob', `${n}`)
    show(truth.messages)
    await wait(400)
  }
  expect(heard()).toBe('2 new messages')
})

test('going back to an older place and to the end again says nothing of what was there', async () => {
  const { truth, show, wait, heard } = await hearing()
  show(truth.messages.slice(0, 4))
  await wait(1_000)
  show(truth.messages)
  await wait(1_000)
  expect(heard()).toBe('')
})
