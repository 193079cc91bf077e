/** Puts a part of the messages screens on a fake server, for component tests. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { ConversationMember } from '~/api/types'
import { explainedOn } from '~/shell/explained'
import { MessagesContext } from './context'
import { Engine } from './engine/engine'
import { type Entry, entryOf } from './engine/entry'
import { FakeServer } from './engine/fakeServer'
import { People } from './engine/people'
import type { UploadedFile } from './files/types'
import { conversationMembers } from './queries'
import { Uploads } from './uploads/queue'

export const ann = { id: 'ann', name: 'Ann', colour: 1, avatar: null, position: null, department: null }
export const bob = { id: 'bob', name: 'Bob', colour: 2, avatar: null, position: null, department: null }

const uploaded = (id: string): UploadedFile => ({ id, name: id, size: 4, media_type: 'image/png', kind: 'picture', has_thumbnail: true, state: 'ready' })

/** Ann's window on a group with Bob and Cen; `server` is the truth behind it. Of `untold` it is not said how far they have read. */
export async function asAnn(view: (entry: Entry) => ReactNode, { untold = [] }: { untold?: readonly string[] } = {}) {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const server = new FakeServer()
  server.store('bob', 'b1', { v: 1, kind: 'text', text: 'Is the dock clear?' })
  const device = server.device('ann')
  const uploads = new Uploads({ transport: { send: ({ name }) => Promise.resolve(name), look: (url) => Promise.resolve(uploaded(url)), drop: () => Promise.resolve() } })
  const engine = new Engine({ me: 'ann', api: device, wire: device, attachments: uploads })
  // The directory cannot be asked: these three stay, and of nobody is said that they are gone.
  const people = new People(() => Promise.reject(new Error('away')))
  people.learn([ann, bob, { ...bob, id: 'cen', name: '岑夏' }])
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  const members = ['ann', 'bob', 'cen'].map((member_id): ConversationMember => ({ member_id, role: 'member', joined_at: '2026-11-01T00:00:00Z', ...(!untold.includes(member_id) && { read_seq: 0 }) }))
  queries.setQueryData(conversationMembers('c1').queryKey, members)
  engine.start()
  device.connect()
  await engine.open('c1')
  const entry = engine.store.getState().entries.get('c1') ?? entryOf(server.conversation('ann'))
  const explained = explainedOn(Promise.resolve(null))
  const shared = { slug: 'acme', me: 'ann', engine, people, uploads, explained }
  const tree = () => (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <MessagesContext value={shared}>{view(entry)}</MessagesContext>
      </QueryClientProvider>
    </I18nProvider>
  )
  const shown = render(tree())
  /** Everything under way reaches the other side. */
  const settle = () =>
    act(async () => {
      for (let round = 0; round < 4; round += 1) {
        device.up()
        device.down()
        await Promise.resolve()
      }
    })
  return { ...shown, server, device, engine, people, uploads, explained, settle, again: () => shown.rerender(tree()) }
}
