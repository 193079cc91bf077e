import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { peopleExport } from '../../../../mock/overview'
import { open, serve } from '../../../../mock/render'

test('many people are exported only after the password, and wait for a second (ORG-03)', async () => {
  let isProven = false
  const { asked } = serve({
    'GET /v1/people-exports': () => ({ status: 200, body: { items: isProven ? [peopleExport('waits')] : [], next: null } }),
    'POST /v1/people-exports': () => (isProven ? { status: 201, body: peopleExport('waits') } : problem(403, 'identity.prove_again')),
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204 }
    },
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  await user.click(within(await screen.findByRole('dialog', { name: 'Export people' })).getByRole('button', { name: 'Export everybody' }))
  await user.type(await screen.findByLabelText('Password'), 'correct horse battery')
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('waits')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'CSV' })).toBeNull()
  expect(asked.filter((call) => call.method === 'POST' && call.url.endsWith('/v1/people-exports')).length).toBe(2)
})

test('what may be taken is taken as a file, in the language one reads', async () => {
  const { asked } = serve({ 'POST /v1/people-exports/{people_export}/file': () => problem(409, 'people_exports.more_people_now') })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  await user.click(await screen.findByRole('button', { name: 'Excel' }))
  expect(await screen.findByText('There are more people now than when this was asked for. Export them again.')).toBeTruthy()
  const call = asked.find((one) => one.url.endsWith('/file'))
  expect(call?.body).toEqual({ format: 'xlsx', language: 'en' })
})
