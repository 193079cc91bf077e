/** The palette as a test opens it. */
import { screen } from '@testing-library/react'
import { open, serve } from '../../../../mock/render'

export async function opened(own = {}) {
  const served = serve(own)
  const shown = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  await shown.user.keyboard('{Control>}k{/Control}')
  const field = await screen.findByRole('combobox', { name: 'Search' })
  return { ...served, ...shown, field }
}

export const options = () => screen.queryAllByRole('option')
export const meant = () => screen.queryAllByRole('option').filter((option) => option.getAttribute('aria-selected') === 'true')
export const asked = (all: { method: string; url: string }[], path: string) => all.filter((call) => call.url.startsWith(path))
