/** Names are as new as the server's last word, whatever overtakes what. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Member } from '~/api/types'
import { freshState } from '../../../../mock/handlers'
import { Cache } from './cache'
import { PlainStore } from './fakeSealed'
import { People } from './people'
import { createChatStore } from './store'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [somebody] = freshState().members
const member = (id: string, name: string): Member[] => (somebody ? [{ ...somebody, id, name }] : [])

/** A directory whose answers are held back until they are let through. */
function directory() {
  let name = 'Li'
  const under: (() => void)[] = []
  const asked: (readonly string[])[] = []
  const people = new People((ids) => {
    asked.push(ids)
    // Without a name nobody is there.
    const members = ids.flatMap((id) => (name === '' ? [] : member(id, name)))
    return new Promise((resolve) => under.push(() => resolve(members)))
  })
  const arrives = async (index = 0) => {
    under.splice(index, 1)[0]?.()
    await vi.advanceTimersByTimeAsync(20)
  }
  return { people, asked, arrives, renamed: (to: string) => (name = to), shown: (id: string) => people.snapshot().get(id)?.name }
}

test('when changes may have been missed everybody who is shown or remembered is asked for again, once', async () => {
  const { people, asked, arrives, renamed, shown } = directory()
  people.learn([{ id: 'kept', name: 'Kept', colour: 1, avatar: null, position: null, department: null }])
  people.want(['a', 'b'])
  await vi.advanceTimersByTimeAsync(20)
  await arrives()
  renamed('Wang')
  people.again()
  await vi.advanceTimersByTimeAsync(20)
  await arrives()
  expect(asked).toEqual([['a', 'b'], ['kept', 'a', 'b']])
  expect([shown('a'), shown('b')]).toEqual(['Wang', 'Wang'])
})

test('an answer that is overtaken by a later one does not come back over it', async () => {
  const { people, arrives, renamed, shown } = directory()
  people.want(['a'])
  await vi.advanceTimersByTimeAsync(20)
  renamed('Wang')
  people.again()
  await vi.advanceTimersByTimeAsync(20)
  await arrives(1)
  await arrives(0)
  expect(shown('a')).toBe('Wang')
})

/** One page of a device; what it keeps outlives it. `there` is whom the server knows, `null` while it cannot be asked. */
async function page(sealed: PlainStore, there: readonly string[] | null) {
  const people = new People((ids) =>
    there ? Promise.resolve(ids.filter((id) => there.includes(id)).flatMap((id) => member(id, id.toUpperCase()))) : Promise.reject(new Error('away')),
  )
  const store = createChatStore('me')
  store.setState({ ...store.getState(), listing: 'fresh' }, true)
  const cache = new Cache(Promise.resolve(sealed))
  const stop = cache.follow(store, people)
  await cache.load(store, people)
  const passes = () => vi.advanceTimersByTimeAsync(2_000)
  return { people, passes, stop, shown: () => [...people.snapshot().keys()].sort() }
}

test('of somebody who is erased no name stays, on the screen or on the device, whether they are shown or only remembered', async () => {
  const sealed = new PlainStore()
  const first = await page(sealed, ['a', 'b', 'c'])
  first.people.want(['a', 'b', 'c'])
  await first.passes()
  first.stop()
  expect(first.shown()).toEqual(['a', 'b', 'c'])

  const away = await page(sealed, null)
  away.people.want(['a'])
  away.people.again()
  await away.passes()
  away.stop()
  expect(away.shown()).toEqual(['a', 'b', 'c'])

  const second = await page(sealed, ['c'])
  second.people.want(['a'])
  second.people.again()
  await second.passes()
  second.stop()
  expect(second.shown()).toEqual(['c'])
  expect(second.people.isGone('a')).toBe(true)
  expect(JSON.stringify([...sealed.kept])).not.toMatch(/"name":"[AB]"/)

  const third = await page(sealed, null)
  third.stop()
  expect(third.shown()).toEqual(['c'])
})

test('an old answer takes nobody away whom a later one names', async () => {
  const { people, arrives, renamed, shown } = directory()
  renamed('')
  people.want(['a'])
  await vi.advanceTimersByTimeAsync(20)
  renamed('Li')
  people.again()
  await vi.advanceTimersByTimeAsync(20)
  await arrives(1)
  await arrives(0)
  expect([shown('a'), people.isGone('a')]).toEqual(['Li', false])
})
