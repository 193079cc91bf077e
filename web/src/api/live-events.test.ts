/** What was read before a change is read again, however far its reading had come. */
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { dispatch, markOld } from './live-events'

/** A server whose every answer can be held back: it says what was true when it was asked. */
function served() {
  let truth = 1
  const under: (() => void)[] = []
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  const options = {
    queryKey: ['acme', 'thing'],
    queryFn: () => {
      const seen = truth
      return new Promise<number>((resolve) => under.push(() => resolve(seen)))
    },
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  return {
    queries,
    options,
    changes: () => (truth += 1),
    /** The oldest answer under way arrives. */
    arrives: async () => {
      under.shift()?.()
      await settle()
    },
    watch: () => new QueryObserver(queries, options).subscribe(() => undefined),
    shown: () => queries.getQueryData(options.queryKey),
    asked: () => under.length,
  }
}

test('a first answer that was under way when something changed is not taken for fresh', async () => {
  const { queries, changes, arrives, watch, shown } = served()
  const stop = watch()
  changes()
  markOld(queries)
  await arrives()
  await arrives()
  expect(shown()).toBe(2)
  stop()
})

test('an answer nobody looks at yet is marked once it is there, and read again when it is looked at', async () => {
  const { queries, options, changes, arrives, watch, shown } = served()
  const loading = queries.ensureQueryData(options)
  changes()
  dispatch({ c: 'events', k: 'event', pos: 3, name: 'thing.changed', at: '', data: {} }, [{ 'thing.changed': () => [['acme', 'thing']] }], queries, 'ann')
  await arrives()
  expect(await loading).toBe(1)
  const stop = watch()
  await arrives()
  expect(shown()).toBe(2)
  stop()
})

test('what is there is read again at once, and a change elsewhere asks nothing', async () => {
  const { queries, changes, arrives, watch, shown, asked } = served()
  const stop = watch()
  await arrives()
  markOld(queries, { queryKey: ['acme', 'other'] })
  expect(asked()).toBe(0)
  changes()
  markOld(queries)
  await arrives()
  expect(shown()).toBe(2)
  expect(asked()).toBe(0)
  stop()
})

test('a reading that fails is left to whoever asks next', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const failing = queries.fetchQuery({ queryKey: ['acme', 'gone'], queryFn: () => Promise.reject(new Error('gone')) }).catch(() => 'failed')
  markOld(queries)
  expect(await failing).toBe('failed')
})
