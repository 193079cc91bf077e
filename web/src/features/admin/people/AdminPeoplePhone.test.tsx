import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { StillMedia } from '../../../../mock/media'
import { open, serve } from '../../../../mock/render'

class Phone extends StillMedia {
  override get matches() {
    return this.media === '(max-width: 767.98px)'
  }
}

test('on a phone one button stands beside the title, and the others in a menu', async () => {
  vi.stubGlobal('matchMedia', (query: string) => new Phone(query))
  serve()
  const { user } = await open('/o/yunwu/admin/people')
  expect(await screen.findByRole('button', { name: 'Add a person' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Import' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'More' }))
  expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual(['Export', 'Import'])
})
