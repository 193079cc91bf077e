/** The gallery and the panel of files: keys, places, and every state one can meet. */
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { asAnn } from '../testing'
import { FilesPanel } from './FilesPanel'
import { GalleryProvider, useGallery } from './GalleryProvider'
import { RecentFiles } from './RecentFiles'
import { shortcuts } from '../shortcuts'
import type { FileRef, OutgoingBody, SentFile } from './types'

const heard = vi.hoisted(() => new Set<(frame: unknown) => void>())
vi.mock('~/shell/live', () => ({
  useLive: () => ({ on: (listener: (frame: unknown) => void) => (heard.add(listener), () => void heard.delete(listener)) }),
}))

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const picture = (id: string): FileRef => ({ id, name: `${id}.png`, size: 2048, media_type: 'image/png', kind: 'picture', width: 40, height: 30, has_thumbnail: true })
const addresses = { content: '/f/content', download: '/f/download', thumbnail: '/f/thumb', expires_at: new Date(Date.now() + 600_000).toISOString() }
const answer = (status: number, body: unknown) => () => Promise.resolve(new Response(JSON.stringify(body), { status }))

function Opener() {
  const { openAt } = useGallery()
  return <button type="button" onClick={() => openAt({ conversation: 'c1', seq: 2, file: 'a' })}>open</button>
}

async function openGallery(onJump = vi.fn<(seq: number, conversation?: string) => void>()) {
  vi.stubGlobal('fetch', vi.fn(answer(200, addresses)))
  const side = await asAnn(() => (
    <GalleryProvider onJump={onJump}>
      <Opener />
    </GalleryProvider>
  ))
  const body = (...ids: string[]): OutgoingBody => ({ v: 1, kind: 'text', text: '', files: ids.map(picture) })
  side.server.store('bob', 'b2', body('a', 'b'))
  side.server.store('bob', 'b3', body('c'))
  await side.settle()
  const user = userEvent.setup()
  const opener = screen.getByRole('button', { name: 'open' })
  await user.click(opener)
  await screen.findByRole('dialog', { name: 'Picture 1 of 3: a.png' })
  return { ...side, user, opener, onJump }
}

test('arrows walk through the pictures of all messages, and stop at the ends', async () => {
  const { user } = await openGallery()
  await user.keyboard('{ArrowRight}')
  await screen.findByRole('dialog', { name: 'Picture 2 of 3: b.png' })
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
  await screen.findByRole('dialog', { name: 'Picture 3 of 3: c.png' })
  expect(screen.queryByRole('button', { name: 'Next picture' })).toBeNull()
  await user.keyboard('{Home}')
  await screen.findByRole('dialog', { name: 'Picture 1 of 3: a.png' })
})

test('it is named, enlarged and made whole again by keys', async () => {
  const { user } = await openGallery()
  const shown = await screen.findByAltText('a.png')
  await user.keyboard('+')
  expect(shown.style.transform).toContain('scale(1.5)')
  await user.keyboard('0')
  expect(shown.style.transform).toContain('scale(1)')
})

test('a small picture is drawn no larger than it is, one of its pixels on one of the screen', async () => {
  vi.stubGlobal('devicePixelRatio', 2)
  await openGallery()
  const shown = await screen.findByAltText('a.png')
  expect([shown.style.maxInlineSize, shown.style.maxBlockSize]).toEqual(['20px', '15px'])
  // The picture knows better than what was written down of it.
  Object.defineProperties(shown, { naturalWidth: { value: 30 }, naturalHeight: { value: 40 } })
  fireEvent.load(shown)
  expect([shown.style.maxInlineSize, shown.style.maxBlockSize]).toEqual(['15px', '20px'])
})

test('the overview of the keys tells those of the gallery, and each does what it says', async () => {
  await openGallery()
  const named: Readonly<Record<string, string>> = { '←': 'ArrowLeft', '→': 'ArrowRight' }
  const keys = shortcuts.filter(({ title }) => title.message === 'Pictures, large').flatMap((group) => group.shortcuts.flatMap((one) => one.keys.flatMap((key) => key.split(' '))))
  expect(keys).toEqual(['←', '→', 'Home', 'End', '+', '-', '0'])
  const at = screen.getByRole('button', { name: 'Larger' })
  expect(keys.filter((key) => fireEvent.keyDown(at, { key: named[key] ?? key }))).toEqual([])
})

test('Escape closes it and gives the focus back', async () => {
  const { user, opener } = await openGallery()
  expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull()
  await user.keyboard('{ArrowRight}')
  await screen.findByRole('dialog', { name: 'Picture 2 of 3: b.png' })
  expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(opener))
})

test('it leads to the message', async () => {
  const { user, onJump } = await openGallery()
  await user.click(screen.getByRole('button', { name: 'Show in the conversation' }))
  expect(onJump).toHaveBeenCalledWith(2, 'c1')
})

test('a picture that was recalled meanwhile says so', async () => {
  await openGallery()
  const shown = await screen.findByAltText('a.png')
  fireEvent.error(shown)
  fireEvent.error(await screen.findByAltText('a.png'))
  await screen.findByText(/It may have been recalled/)
})

const sent = (id: string, seq: number, file: Partial<FileRef> = {}): SentFile => ({
  file: { ...picture(id), ...file }, seq, author_id: 'bob', sent_at: '2026-11-20T08:00:00Z', kept_until: '2027-02-20T08:00:00Z', addresses,
})

async function openPanel(fetching: () => Promise<Response>) {
  vi.stubGlobal('fetch', vi.fn(fetching))
  const onJump = vi.fn<(seq: number, conversation?: string) => void>()
  const side = await asAnn(() => (
    <GalleryProvider onJump={onJump}>
      <FilesPanel conversation="c1" onClose={() => undefined} onJump={onJump} />
    </GalleryProvider>
  ))
  return { ...side, onJump, user: userEvent.setup() }
}

test('the panel lists pictures with their end, leads to their messages, and reads older ones', async () => {
  const pages = [{ items: [sent('a', 9)], next: 'x' }, { items: [sent('b', 4)], next: null }]
  const { user, onJump } = await openPanel(() => Promise.resolve(new Response(JSON.stringify(pages.shift()))))
  await screen.findByRole('button', { name: 'Open a.png' })
  screen.getByText('kept until 20 Feb 2027')
  // Under a square there is room for the day alone.
  expect(screen.getByText('20 Feb 2027').getAttribute('aria-hidden')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Show a.png in the conversation' }))
  expect(onJump).toHaveBeenCalledWith(9)
  await user.click(screen.getByRole('button', { name: 'Show older ones' }))
  await screen.findByRole('button', { name: 'Open b.png' })
  expect(screen.queryByRole('button', { name: 'Show older ones' })).toBeNull()
})

test('files are rows with size, author and the way to have them', async () => {
  const { user } = await openPanel(answer(200, { items: [sent('plan', 3, { name: 'plan.pdf', kind: 'file' })], next: null }))
  await user.click(screen.getByRole('tab', { name: 'Files' }))
  await screen.findByTitle('plan.pdf')
  screen.getByText('2 KiB')
  screen.getByText('Bob')
  screen.getByRole('button', { name: 'Download plan.pdf' })
})

test.each([
  ['nothing there', answer(200, { items: [], next: null }), 'No pictures yet'],
  ['no access', answer(404, { code: 'not_found' }), 'You cannot open the files of this conversation'],
  ['a failing server', answer(500, { code: 'internal' }), 'This could not be loaded'],
  ['no connection', () => Promise.reject(new TypeError('offline')), 'No connection to the server'],
])('%s is told as what it is', async (_, fetching, title) => {
  await openPanel(fetching)
  await screen.findByRole('heading', { name: title })
})

test('the newest files beside the people of a group follow what is sent and taken back there', async () => {
  const sent = (id: string): SentFile => ({ file: { ...picture(id), name: `${id}.pdf`, kind: 'file' }, seq: 3, author_id: 'bob', sent_at: new Date().toISOString(), kept_until: new Date().toISOString(), addresses })
  let items: SentFile[] = []
  vi.stubGlobal('fetch', vi.fn(() => answer(200, { items })()))
  const { settle } = await asAnn(() => <RecentFiles conversation="c1" />)
  await settle()
  expect(screen.queryByText('Files')).toBeNull()
  items = [sent('plan')]
  const say = (conversation_id: string) => act(() => heard.forEach((listener) => listener({ c: 'chat', k: 'message', message: { conversation_id } })))
  say('c2')
  await settle()
  expect(screen.queryByText('Files')).toBeNull()
  say('c1')
  await screen.findByRole('button', { name: /^Download plan\.pdf/ })
  items = []
  say('c1')
  await waitFor(() => expect(screen.queryByText('Files')).toBeNull())
})
