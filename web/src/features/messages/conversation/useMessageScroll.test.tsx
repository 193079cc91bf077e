/** Where the list of messages goes by itself. */
import { act, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { asAnn } from '../testing'
import { useMessageScroll } from './useMessageScroll'
import type { Pin } from './usePinned'
import type { MessageWindow } from './useWindow'

const pins: Pin[] = []
vi.mock('./usePinned', () => ({ usePinned: () => (pin: Pin) => pins.push(pin) }))

const load = () => Promise.resolve()
const view: MessageWindow = { messages: [], isLive: true, isLoaded: true, hasOlder: false, hasNewer: false, loadOlder: load, loadNewer: load, goTo: (seq) => Promise.resolve(seq), goToDay: () => Promise.resolve(null), goLive: () => undefined }

function List() {
  const [sends, setSends] = useState(0)
  const { scroller } = useMessageScroll({ id: 'c1', rows: [{ t: 'start', key: 'start' }], view, target: null, unreadAfter: null, sends })
  return <div ref={scroller}><button type="button" onClick={() => setSends((before) => before + 1)}>Send</button></div>
}

test('whoever sends something sees it, wherever the list stood', async () => {
  await asAnn(() => <List />)
  pins.length = 0
  act(() => screen.getByRole('button').click())
  expect(pins).toEqual(['end'])
})
