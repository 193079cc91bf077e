/** What was agreed to before the first file is shown and can be taken back (PERM-01, PERM-06, PERM-12). */
import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { explainedFor, forgetExplained } from '~/shell/explained'
import { open, serve } from '../../../mock/render'

beforeEach(() => forgetExplained())

test('its state is shown, and taking it back asks again before the next file', async () => {
  const { state } = serve()
  const { user } = await open('/o/yunwu/settings/privacy')
  expect(await screen.findByText('not agreed', {}, { timeout: 5000 })).toBeTruthy()
  const account = state.session?.account_id ?? ''
  const organisation = state.session?.organisations.find((place) => place.slug === 'yunwu')?.id ?? ''
  const explained = explainedFor(`${account}/${organisation}`)
  explained.agree()
  await user.click(await screen.findByRole('button', { name: 'Take back' }))
  expect(explained.store.getState().at).toBeNull()
  expect(await screen.findByText('not agreed')).toBeTruthy()
})
