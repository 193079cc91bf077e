/** Pictures that are not shown say why, wherever their file stands, and are never fetched to be drawn (`IM-06`). */
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PendingFiles } from '../composer/PendingFiles'
import { OutgoingFiles } from '../conversation/OutgoingFiles'
import { asAnn } from '../testing'
import { freshUpload } from '../uploads/upload'
import { FilesPanel } from './FilesPanel'
import { GalleryProvider, useGallery } from './GalleryProvider'
import { MessageFiles } from './MessageFiles'
import type { FileRef, SentFile } from './types'
import { whyUnshown } from './unshown'

vi.mock('~/shell/live', () => ({ useLive: () => ({ on: () => () => undefined }) }))

const plan: FileRef = { id: 'f1', name: 'plan.png', size: 900_000, media_type: 'application/octet-stream', kind: 'file', width: 30_000, height: 30_000, has_thumbnail: false }
const addresses = { content: '/f/content', download: '/f/download', thumbnail: null, expires_at: new Date(Date.now() + 600_000).toISOString() }
const TOO_LARGE = '30,000 × 30,000 pixels: too large to be shown. It can be saved.'
const UNREADABLE = 'This picture cannot be shown here.'

beforeEach(() => vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(addresses))))))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const expectNoImage = () => expect(document.querySelector('img')).toBeNull()

test('only what is a picture and is not shown has a reason', () => {
  const { width: _width, height: _height, ...bare } = plan
  expect(whyUnshown(plan)).toBe('too_large')
  expect(whyUnshown({ ...plan, kind: 'picture', has_thumbnail: true })).toBeNull()
  expect(whyUnshown({ ...bare, name: 'IMG_1.HEIC', media_type: 'image/heic' })).toBe('unreadable')
  expect(whyUnshown({ ...bare, name: 'broken.jpeg' })).toBe('unreadable')
  expect(whyUnshown({ ...bare, name: 'plan.pdf', media_type: 'application/pdf' })).toBeNull()
  expect(whyUnshown({ ...plan, name: 'film.mp4', kind: 'video' })).toBeNull()
})

test('in a message it is a card with its size in words and the way to have it', async () => {
  const scan = { ...plan, id: 'f2', name: 'scan.tif', media_type: 'image/tiff', width: null, height: null }
  await asAnn(() => <MessageFiles files={[plan, scan]} conversation="c1" seq={1} keptUntil="2027-02-20T08:00:00Z" />)
  screen.getByText(TOO_LARGE)
  screen.getByText(UNREADABLE)
  screen.getByRole('button', { name: 'Download plan.png' })
  screen.getByRole('button', { name: 'Download scan.tif' })
  expect(screen.queryByRole('button', { name: 'Open plan.png' })).toBeNull()
  expectNoImage()
})

test('in the panel it is a row among the files', async () => {
  const sent: SentFile = { file: plan, seq: 3, author_id: 'bob', sent_at: '2026-11-20T08:00:00Z', kept_until: '2027-02-20T08:00:00Z', addresses }
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify({ items: [sent], next: null })))))
  await asAnn(() => <FilesPanel conversation="c1" onClose={() => undefined} onJump={() => undefined} />)
  await userEvent.setup().click(screen.getByRole('tab', { name: 'Files' }))
  await screen.findByText(TOO_LARGE)
  screen.getByRole('button', { name: 'Download plan.png' })
  expectNoImage()
})

function Opener() {
  const { openAt } = useGallery()
  const place = { conversation: 'c1', seq: 2, file: plan.id }
  const item = { file: plan, place, author_id: 'bob', sent_at: '2026-11-20T08:00:00Z', kept_until: '2027-02-20T08:00:00Z' }
  return <button type="button" onClick={() => openAt(place, [item])}>open</button>
}

test('large, it is words and the way to have it, and nothing is fetched', async () => {
  await asAnn(() => <GalleryProvider onJump={() => undefined}><Opener /></GalleryProvider>)
  await userEvent.setup().click(screen.getByRole('button', { name: 'open' }))
  const dialog = await screen.findByRole('dialog')
  within(dialog).getByText(TOO_LARGE)
  within(dialog).getByRole('button', { name: 'Download plan.png' })
  expectNoImage()
  expect(fetch).not.toHaveBeenCalled()
})

test('on its way it says so before the server does, and goes on saying what the server says', async () => {
  const upload = { ...freshUpload('u1', 'c1', { name: 'plan.png', size: 900_000, type: 'image/png' }), width: 30_000, height: 20_000 }
  const scan = { ...freshUpload('u2', 'c1', { name: 'scan.png', size: 9, type: 'image/png' }), state: 'ready' as const, file: { ...plan, width: null, height: null } }
  await asAnn(() => <><PendingFiles files={[upload, scan]} /><OutgoingFiles uploads={[upload, scan]} /></>)
  expect(screen.getAllByText('30,000 × 20,000 pixels: too large to be shown. It can be saved.')).toHaveLength(2)
  expect(screen.getAllByText(UNREADABLE)).toHaveLength(2)
  expectNoImage()
})
