import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { memberId } from '../../../mock/company'
import { open, serve } from '../../../mock/render'

const PHONE = '00000000-0000-7000-8000-000000000102'

test('a masked number is shown to whoever asks, who reads beforehand that it is recorded and that the person sees it', async () => {
  const { asked } = serve({}, (all) => Object.assign(all.members[1] ?? {}, { phone: null, values: [{ field_id: PHONE, value: '+86138••••2200', is_masked: true }] }))
  const { user } = await open(`/o/yunwu/people/${memberId(2)}`)
  expect(await screen.findByText('+86138••••2200')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Call' })).toBeNull()
  const note = 'Looking is recorded, and 陆行舟 sees who looked.'
  expect(screen.getByText(note)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Show Phone', description: note }))
  expect(await screen.findByRole('link', { name: '+8613800132200' })).toBeTruthy()
  expect(screen.queryByText(note)).toBeNull()
  expect(asked.filter((call) => call.method === 'POST' && call.url.endsWith('/reveal'))).toHaveLength(1)
})

test('what stands in fields of the organisation stands in its groups (DIR-02)', async () => {
  serve({}, (all) => Object.assign(all.members[1] ?? {}, { values: [{ field_id: 'f-shirt', value: 'l', is_masked: false }] }))
  await open(`/o/yunwu/people/${memberId(2)}`)
  expect(await screen.findByRole('heading', { name: 'Office' })).toBeTruthy()
  expect(await screen.findByText('Large')).toBeTruthy()
})
