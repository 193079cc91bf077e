/** Names are as new as the server's last word, whatever overtakes what. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Member } from '~/api/types'
import { freshState } from '../../../../mock/handlers'
import { People } from './people'

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
    const members = ids.flatMap((id) => member(id, name))
    return new Promise((resolve) => under.push(() => resolve(members)))
  })
  const arrives = async (index = 0) => {
    under.splice(index, 1)[0]?.()
    await vi.advanceTimersByTimeAsync(20)
  }
  return { people, asked, arrives, renamed: (to: string) => (name = to), shown: (id: string) => people.snapshot().get(id)?.name }
}

test('when changes may have been missed everybody who is shown is asked for again, and nobody else', async () => {
  const { people, asked, arrives, renamed, shown } = directory()
  people.learn([{ id: 'kept', name: 'Kept', colour: 1, avatar: null, position: null, department: null }])
  people.want(['a', 'b'])
  await vi.advanceTimersByTimeAsync(20)
  await arrives()
  renamed('Wang')
  people.again()
  await vi.advanceTimersByTimeAsync(20)
  await arrives()
  expect(asked).toEqual([['a', 'b'], ['a', 'b']])
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
