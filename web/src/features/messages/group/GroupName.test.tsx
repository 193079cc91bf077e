/** Of two who rename a group the second sees what the first called it, and decides. */
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { useEntry } from '../context'
import { asAnn } from '../testing'
import { GroupName } from './GroupName'

vi.mock('~/shell/live', () => ({ useLiveState: () => ({ status: 'waiting' }) }))

afterEach(() => vi.unstubAllGlobals())

const changed = { status: 412, code: 'directory.changed_meanwhile', title: 'Changed', detail: '' }

test('what the first called it is shown, and the second try is about that', async () => {
  const sent: (string | null)[] = []
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get('if-match'))
    return Promise.resolve(sent.length === 1 ? Response.json(changed, { status: 412 }) : Response.json({}))
  })
  function Named() {
    const entry = useEntry('c1')
    if (!entry) return null
    const { conversation } = entry
    const theirs = sent.length > 0 ? { name: 'Dinner', revision: 4 } : { name: 'Lunch', revision: 3 }
    return <GroupName conversation={{ ...conversation, ...theirs, can: { ...conversation.can, rename: true } }} />
  }
  await asAnn(() => <Named />)
  const user = userEvent.setup({ delay: null })
  await user.click(screen.getByRole('button', { name: 'Rename' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Rename the group' }))
  const name = dialog.getByLabelText('Name of the group')
  await user.clear(name)
  await user.type(name, 'Supper')
  await user.click(dialog.getByRole('button', { name: 'Rename' }))
  expect(await dialog.findByText('What they changed:')).toBeTruthy()
  expect(dialog.getByText('Dinner')).toBeTruthy()
  expect(name).toHaveProperty('value', 'Supper')
  await user.click(dialog.getByRole('button', { name: 'Rename' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent).toEqual(['"3"', '"4"'])
})
