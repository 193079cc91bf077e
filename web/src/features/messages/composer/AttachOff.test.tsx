/** While sending files is off one writes all the same, and nothing offers or takes a file (OPN-03). */
import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { asAnn } from '../testing'
import { afresh } from '../conversation/writing'
import { Composer } from './Composer'

vi.mock('~/shell/applications', async (original) => ({
  ...(await original<typeof import('~/shell/applications')>()),
  useIsOn: () => (key: string) => key !== 'sending_files',
}))

test('neither the buttons nor the clipboard add files', async () => {
  const side = await asAnn((entry) => <Composer entry={entry} title="Move" writing={afresh} onWriting={() => undefined} onSent={() => undefined} />)
  const field = await screen.findByRole('textbox', { name: 'Message Move' })
  await screen.findByRole('button', { name: 'Send' })
  expect(screen.queryByRole('button', { name: 'Add files' })).toBeNull()
  const files = [new File(['data'], 'plan.png', { type: 'image/png' })]
  fireEvent.paste(field, { clipboardData: { getData: () => '', files } })
  expect(side.uploads.store.getState().items).toEqual([])
})
