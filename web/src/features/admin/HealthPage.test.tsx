/** Whoever looks after the server sees where files are kept and whether the place takes them. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { health } from '../../../mock/records'
import { open, serve } from '../../../mock/render'

const line = async (name: RegExp) => (await screen.findByText(name)).closest('li')?.textContent

test('a folder says how much is free', async () => {
  serve()
  await open('/o/yunwu/admin/health')
  expect((await screen.findByText('in the data directory')).textContent).toContain('GiB free')
  expect(await line(/^Store of files/)).toBe('Store of files · there and answersgood')
})

test('a bucket that does not answer is said as that, and names no room', async () => {
  const checks = health.checks.map((check) => (check.id === 'files' ? { id: 'files', state: 'bad', detail_code: 'files.store_unavailable' } : check))
  serve({ 'GET /v1/health': () => ({ status: 200, body: { ...health, files: { kind: 'bucket' }, checks } }) })
  await open('/o/yunwu/admin/health')
  expect((await screen.findByText('in a bucket (S3)')).textContent).toBe('in a bucket (S3)')
  expect(await line(/^Store of files/)).toBe('Store of files · the bucket does not answerbroken')
})

test('a database that is not what the data map says is told in numbers', async () => {
  const checks = health.checks.map((check) => (check.id === 'reality' ? { id: 'reality', state: 'bad', detail_code: 'reality.drifts' } : check))
  serve({ 'GET /v1/health': () => ({ status: 200, body: { ...health, drifts: 2, checks } }) })
  await open('/o/yunwu/admin/health')
  expect(await line(/^Database and data map/)).toBe('Database and data map · 2 places not as the data map saysbroken')
})
