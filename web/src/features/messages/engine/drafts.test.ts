/** What was begun on one device is on all of them, in the end: without a network, after a reload, whatever overtakes what. */
import { expect, test } from 'vitest'
import { Cache } from './cache'
import { Engine } from './engine'
import { PlainStore } from './fakeSealed'
import { FakeServer } from './fakeServer'
import { People } from './people'

const settle = async () => {
  for (let round = 0; round < 12; round += 1) await new Promise((resolve) => setTimeout(resolve, 0))
}
const words = (text: string) => ({ text, reply_to: null })

/** One of Ann's devices: what it keeps outlives its pages. */
async function device(server: FakeServer, sealed = new PlainStore(), isOnline = true) {
  const line = server.device('ann')
  const page = () => {
    const cache = new Cache(Promise.resolve(sealed))
    const engine = new Engine({ me: 'ann', api: line, wire: line, memory: cache, retryMs: 1 })
    engine.start(cache.load(engine.store, new People(() => Promise.resolve([]))))
    return engine
  }
  const engine = page()
  if (isOnline) line.connect()
  await settle()
  const shownOn = (one: Engine) => one.store.getState().entries.get('c1')?.conversation.my.draft?.text ?? null
  /** What the server says by itself arrives. */
  const hears = async () => {
    for (let round = 0; round < 6; round += 1) line.down()
    await settle()
  }
  const goes = () => {
    line.disconnect()
    engine.offline()
  }
  return { server, line, engine, sealed, page, hears, goes, shownOn, shown: () => shownOn(engine), kept: () => sealed.kept.get('draft/c1') }
}

/** Answers to `saveDraft` that are let through, or fail, one by one. */
function heldBack(ann: Awaited<ReturnType<typeof device>>) {
  const under: { arrives: () => void; fails: () => void }[] = []
  const save = ann.line.saveDraft.bind(ann.line)
  ann.line.saveDraft = (id, draft, age) =>
    new Promise((resolve, reject) => {
      under.push({ arrives: () => void save(id, draft, age).then(resolve, reject), fails: () => reject(new Error('lost')) })
    })
  const next = async (how: 'arrives' | 'fails') => {
    under.shift()?.[how]()
    await settle()
  }
  return { next, count: () => under.length }
}

test('what is written without a network stays over what the server still has, and is saved at the next hello', async () => {
  const ann = await device(new FakeServer())
  ann.engine.draft('c1', words('first'))
  await settle()
  ann.goes()
  ann.engine.draft('c1', words('second'))
  await settle()
  await ann.engine.sync.list()
  await ann.engine.sync.refresh('c1')
  expect(ann.shown()).toBe('second')
  expect(ann.kept()).toMatchObject({ id: 'c1', draft: words('second') })
  ann.line.connect()
  await settle()
  expect(ann.server.drafts.get('ann')).toEqual(words('second'))
  expect(ann.shown()).toBe('second')
  expect(ann.kept()).toBeUndefined()
})

test('it is there again after a reload, and saved by the new page, also one that is far down the list', async () => {
  const ann = await device(new FakeServer())
  ann.engine.draft('c1', words('old'))
  await settle()
  ann.goes()
  ann.engine.draft('c1', words('new'))
  await settle()
  ann.engine.stop()
  expect(ann.sealed.kept.has('chat/list')).toBe(false)
  const again = ann.page()
  await settle()
  expect(ann.shownOn(again)).toBe('new')
  ann.line.connect()
  await settle()
  expect(ann.server.drafts.get('ann')).toEqual(words('new'))
  expect(ann.kept()).toBeUndefined()
})

test('a draft that was cleared without a network is cleared on the other devices too', async () => {
  const server = new FakeServer()
  const [ann, other] = [await device(server), await device(server)]
  ann.engine.draft('c1', words('soon sent'))
  await settle()
  await other.hears()
  expect(other.shown()).toBe('soon sent')
  ann.goes()
  ann.engine.draft('c1', null)
  await ann.engine.sync.list()
  expect(ann.shown()).toBeNull()
  ann.line.connect()
  await settle()
  await other.hears()
  expect(server.drafts.has('ann')).toBe(false)
  expect([ann.shown(), other.shown()]).toEqual([null, null])
})

test('of two under way the last one wins, and the first one’s success does not stand for it', async () => {
  const ann = await device(new FakeServer())
  const { next, count } = heldBack(ann)
  ann.engine.draft('c1', words('one'))
  ann.engine.draft('c1', words('two'))
  // In a row, so that they cannot overtake each other.
  expect(count()).toBe(1)
  ann.goes()
  ann.line.connect()
  await next('arrives')
  expect(ann.kept()).toMatchObject({ id: 'c1', draft: words('two') })
  ann.goes()
  await next('fails')
  await ann.engine.sync.list()
  expect(ann.shown()).toBe('two')
  ann.line.connect()
  await settle()
  await next('arrives')
  expect(ann.server.put).toEqual([words('one'), words('two')])
  expect(ann.kept()).toBeUndefined()
})

test('what another device writes afterwards is taken over as ever', async () => {
  const server = new FakeServer()
  const [ann, other] = [await device(server), await device(server)]
  ann.engine.draft('c1', words('here'))
  await settle()
  other.engine.draft('c1', words('there'))
  await settle()
  await ann.hears()
  expect(ann.shown()).toBe('there')
})

test('an answer that was read before the draft was saved and comes after it does not bring the old one back', async () => {
  const server = new FakeServer()
  const [ann, other] = [await device(server), await device(server)]
  ann.engine.draft('c1', words('old'))
  await settle()
  const early = server.conversation('ann')
  const answers: (() => void)[] = []
  const read = ann.line.conversation.bind(ann.line)
  ann.line.conversation = () => new Promise((resolve) => answers.push(() => resolve(early)))
  const reading = ann.engine.sync.refresh('c1')
  ann.line.conversation = read
  ann.engine.draft('c1', words('new'))
  await settle()
  expect(server.drafts.get('ann')).toEqual(words('new'))
  const seen = new Set<string | null>()
  ann.engine.store.subscribe(() => seen.add(ann.shown()))
  other.engine.draft('c1', words('newest'))
  await settle()
  answers[0]?.()
  await reading
  await settle()
  expect([...seen]).toEqual(['new', 'newest'])
})

test('an attempt that fails is repeated as long as there is a connection', async () => {
  const ann = await device(new FakeServer())
  const save = ann.line.saveDraft.bind(ann.line)
  let left = 3
  ann.line.saveDraft = (id, draft, age) => (left-- > 0 ? Promise.reject(new Error('busy')) : save(id, draft, age))
  ann.engine.draft('c1', words('again and again'))
  await expect.poll(() => ann.server.drafts.get('ann')).toEqual(words('again and again'))
})

test('what is refused is kept here, and not asked again and again', async () => {
  const ann = await device(new FakeServer())
  let asked = 0
  ann.line.saveDraft = () => {
    asked += 1
    return Promise.resolve('refused')
  }
  ann.engine.draft('c1', words('too long'))
  await settle()
  expect(asked).toBe(1)
  ann.goes()
  ann.line.connect()
  await settle()
  expect(asked).toBe(1)
  expect(ann.kept()).toMatchObject({ id: 'c1', draft: words('too long') })
  await ann.engine.sync.list()
  expect(ann.shown()).toBe('too long')
  // Other words are another question.
  ann.engine.draft('c1', words('shorter'))
  await settle()
  expect(asked).toBe(2)
})

test('words of another device that were written later stand, and those of this one go', async () => {
  const ann = await device(new FakeServer())
  ann.goes()
  ann.engine.draft('c1', words('weeks ago'))
  await settle()
  ann.server.draft('ann', words('yesterday'))
  ann.line.saveDraft = () => Promise.resolve('older')
  ann.line.connect()
  await expect.poll(() => ann.shown()).toBe('yesterday')
  expect(ann.kept()).toBeUndefined()
  expect(ann.server.drafts.get('ann')).toEqual(words('yesterday'))
})

test('of a conversation one is no longer part of nothing is kept (IM-16)', async () => {
  const ann = await device(new FakeServer())
  ann.goes()
  ann.engine.draft('c1', words('secret'))
  await settle()
  expect(ann.kept()).toBeTruthy()
  ann.line.conversation = () => Promise.resolve(null)
  await ann.engine.sync.refresh('c1')
  await settle()
  expect(ann.kept()).toBeUndefined()
  expect(ann.engine.store.getState().unsaved.size).toBe(0)
})
