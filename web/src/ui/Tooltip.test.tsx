/** A tooltip is for whoever points or walks by keys; a finger has none. */
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Plus } from 'lucide-react'
import { expect, test, vi } from 'vitest'
import { StillMedia } from '../../mock/media'

class Touch extends StillMedia {
  override get matches() {
    return this.media === '(hover: none)'
  }
}

/** The queries are shared for as long as the page stands: each kind of device has its own. */
async function focused(device: typeof StillMedia) {
  vi.resetModules()
  vi.stubGlobal('matchMedia', (query: string) => new device(query))
  const { IconButton } = await import('./IconButton')
  render(<IconButton icon={Plus} label="Add people" />)
  await userEvent.setup({ delay: null }).tab()
  return screen.queryByRole('tooltip')
}

test('by keys it comes, on a device that is touched it does not', async () => {
  expect((await focused(StillMedia))?.textContent).toBe('Add people')
  cleanup()
  expect(await focused(Touch)).toBeNull()
})
