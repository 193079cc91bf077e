import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

test('anybody reads a document with its dates, its key clauses bold, and the way to the others (DOC-08, DOC-10)', async () => {
  serve({}, (state) => {
    state.session = null
  })
  await open('/privacy/statement')
  expect(await screen.findByRole('heading', { level: 1, name: 'Privacy statement' })).toBeTruthy()
  expect(screen.getByText(/Version 0\.2, in force since/)).toBeTruthy()
  expect(screen.getByText('Your organisation decides why and how.').tagName).toBe('STRONG')
  expect(screen.getByRole('rowheader', { name: 'session' })).toBeTruthy()
  const others = within(screen.getByRole('navigation', { name: 'Documents about data' }))
  expect((await others.findByRole('link', { name: 'Cookies and browser storage' })).getAttribute('href')).toBe('/privacy/cookies')
  expect(others.getByRole('link', { name: 'Privacy statement' }).getAttribute('aria-current')).toBe('page')
})

test('an older version says that another is in force (DOC-03)', async () => {
  serve()
  await open('/privacy/statement/0.1')
  expect(await screen.findByText('This is an older version.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Read the version in force' }).getAttribute('href')).toBe('/privacy/statement')
})

test('every version is listed with its documents, and where the statement was leads to where it is (DOC-03)', async () => {
  serve()
  await open('/privacy')
  const row = (await screen.findByRole('rowheader', { name: '0.1' })).closest('tr')
  expect(row?.querySelector('a')?.getAttribute('href')).toBe('/privacy/statement/0.1')
})

test('an address that names no document leads nowhere', async () => {
  serve()
  await open('/privacy/nothing')
  expect(await screen.findByText('There is nothing here')).toBeTruthy()
})
