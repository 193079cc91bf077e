/** On a phone pictures and films are taken with its own camera and sent (IM-22). */
import { fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StillMedia } from '../../../../mock/media'
import { filesOf } from '../files/types'
import { asAnn } from '../testing'
import { afresh } from '../conversation/writing'
import { Composer } from './Composer'

vi.mock('~/api/client', async (original) => ({
  ...(await original<typeof import('~/api/client')>()),
  call: () => Promise.resolve({ items: [] }),
}))

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

afterEach(() => vi.restoreAllMocks())

const PHONE = '(max-width: 767.98px)'
const FINGER = '(pointer: coarse)'

/** The menu of ways to add files, on a device of which these are true. */
async function opened(...device: string[]) {
  vi.spyOn(StillMedia.prototype, 'matches', 'get').mockImplementation(function (this: StillMedia) {
    return device.includes(this.media)
  })
  const side = await asAnn((entry) => <Composer entry={entry} title="Move" writing={afresh} onWriting={() => undefined} onSent={() => undefined} />)
  side.explained.agree()
  const user = userEvent.setup({ applyAccept: false })
  await user.click(await screen.findByRole('button', { name: 'Add files' }))
  return { ...side, user, menu: await screen.findByRole('menu', { name: 'Add files' }) }
}

test.each([
  ['Take a photo', 'image/*', new File(['data'], 'beam.jpg', { type: 'image/jpeg' })],
  ['Record a video', 'video/*', new File(['data'], 'hall.mp4', { type: 'video/mp4' })],
])('%s opens the camera, and what it took is sent', async (way, accept, taken) => {
  const { user, menu, server, settle } = await opened(PHONE, FINGER)
  // The system's camera answers with what it took.
  const camera = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    if (this.getAttribute('capture') !== 'environment' || this.accept !== accept || this.multiple) return
    fireEvent.change(this, { target: { files: [taken] } })
  })
  await user.click(within(menu).getByRole('menuitem', { name: way }))
  expect(camera).toHaveBeenCalledTimes(1)
  const list = await screen.findByRole('list', { name: 'Files to send' })
  expect(within(list).getByTitle(taken.name)).toBeTruthy()
  camera.mockRestore()
  await user.click(await screen.findByRole('button', { name: 'Send' }))
  await settle()
  const [mine] = server.messages.filter((message) => message.author_id === 'ann')
  expect(filesOf(mine?.body).map((file) => file.id)).toEqual([taken.name])
})

test('where there is no camera to take in hand, none is offered', async () => {
  const { menu } = await opened(PHONE)
  expect(within(menu).getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['Pictures and videos', 'Files'])
})

test('the gallery and the files are chosen from, not taken', async () => {
  const { user, menu } = await opened(PHONE, FINGER)
  const pressed: HTMLInputElement[] = []
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    pressed.push(this)
  })
  await user.click(within(menu).getByRole('menuitem', { name: 'Pictures and videos' }))
  expect(pressed.map((input) => [input.hasAttribute('capture'), input.multiple])).toEqual([[false, true]])
})
