/** An administrator sets what files are allowed and sees before saving what that means (IM-06). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { filePolicy, problem } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

test('what the rules mean is shown while they are written, and only what changed can be saved', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/files')
  const largest = await screen.findByLabelText('Largest file', {}, { timeout: 5000 })
  const preview = within(screen.getByRole('region', { name: 'What this means' }))
  const judged = (name: RegExp) => preview.getByText(name).closest('li')?.textContent ?? ''
  expect(judged(/^setup\.exe/)).toContain('is refused for its ending')
  expect(judged(/^site\.mp4/)).toContain('is taken')
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
  await user.clear(largest)
  await user.type(largest, '1')
  expect(judged(/^site\.mp4/)).toContain('is too large')
  const room = screen.getByLabelText('Room for all files')
  await user.clear(room)
  await user.type(room, '0.2')
  expect(screen.getByText(/less than the 300 GiB in use now/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.some((call) => call.method === 'PATCH')).toBe(true))
  expect(asked.find((call) => call.method === 'PATCH')?.body).toEqual({ max_file_bytes: 1024 ** 3, quota_bytes: Math.round(0.2 * 1024 ** 4), refused_extensions: ['exe'] })
})

test('a size that is none is refused at its field, and what the server refuses is said', async () => {
  const { asked } = serve({ 'PATCH /v1/file-policy': () => problem(503, 'database.disk_full') })
  const { user } = await open('/o/yunwu/admin/files')
  const largest = await screen.findByLabelText('Largest file', {}, { timeout: 5000 })
  await user.clear(largest)
  await user.type(largest, 'much')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Give a size above nothing.')).toBeTruthy()
  expect(asked.some((call) => call.method === 'PATCH')).toBe(false)
  await user.clear(largest)
  await user.type(largest, '2')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('disk of the server is full')
})

test('whoever saves second sees what the first set, and decides', async () => {
  let now = filePolicy
  const { asked } = serve({
    'GET /v1/file-policy': () => ({ status: 200, body: now }),
    'PATCH /v1/file-policy': ({ body }) => {
      if (now.revision > 0) return { status: 200, body: { ...now, ...body, revision: 9 } }
      now = { ...filePolicy, quota_bytes: 2 * 1024 ** 4, revision: 8 }
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open('/o/yunwu/admin/files')
  const largest = await screen.findByLabelText('Largest file', {}, { timeout: 5000 })
  await user.clear(largest)
  await user.type(largest, '1')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('What they changed:')).toBeTruthy()
  expect(screen.getByText('Room for all files', { selector: 'dt' }).nextElementSibling?.textContent).toBe('2 TiB')
  expect(screen.getByLabelText('Room for all files')).toHaveProperty('value', '2')
  expect(largest).toHaveProperty('value', '1')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  const sent = asked.filter((call) => call.method === 'PATCH')
  expect(sent.map((call) => call.headers.get('if-match'))).toEqual(['"0"', '"8"'])
  expect(sent[1]?.body).toMatchObject({ max_file_bytes: 1024 ** 3, quota_bytes: 2 * 1024 ** 4 })
})

test('where the operator allows less than the organisation, that is the room there is', async () => {
  const GIB = 1024 ** 3
  serve({ 'GET /v1/file-policy': () => ({ status: 200, body: { ...filePolicy, used_bytes: 0, most_bytes: GIB, room_bytes: GIB } }) })
  await open('/o/yunwu/admin/files')
  expect(await screen.findByText(/lets your organisation have 1 GiB for files\. That counts/, {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByText('Room left').nextElementSibling?.textContent).toContain('1 GiB')
  const film = screen.getByText(/A long film/).closest('li')
  expect(film?.textContent).toContain('has no room')
})
