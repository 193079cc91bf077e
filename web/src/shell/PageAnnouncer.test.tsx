/** Where one goes is said to whoever does not see it. */
import { act, configure, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { open, serve } from '../../mock/render'

beforeAll(() => configure({ asyncUtilTimeout: 15_000 }))

const said = () => [...document.querySelectorAll('[data-said] p')].map((saying) => saying.textContent)

test('a page that was gone to is named, the first one and one that only changes are not', async () => {
  serve()
  const { router } = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  expect(said()).toEqual([])
  await act(() => router.navigate({ href: '/o/yunwu/settings/appearance' }))
  await screen.findByRole('heading', { level: 1, name: 'Look and language' })
  await waitFor(() => expect(said()).toEqual([document.title]))
  expect(document.title).toMatch(/^Look and language · /)
})
