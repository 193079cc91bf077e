/** What whoever runs the server decided about the organisation is told where one looks for what is new (ORG-05). */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

const told = (text: string) => ({ id: text, kind: 'system', at: '2026-11-20T02:00:00Z', is_read: false, ref: { kind: 'verification.request', id: 'o1' }, text })

test('each thing that became of a request to be verified is told in words, and leads to its page', async () => {
  const texts = ['organisation_verified', 'organisation_not_verified', 'verification_ended', 'verification_sent_back', 'verification_lapsed']
  serve({ 'GET /v1/notifications': () => ({ status: 200, body: { items: texts.map(told), next: null, unread: texts.length } }) })
  await open('/o/yunwu/notifications')
  await screen.findByText('Whoever runs this server has verified your organisation.')
  const rows = screen.getAllByRole('link', { name: /^Verification/ })
  expect(rows).toHaveLength(texts.length)
  for (const row of rows) {
    expect(row.textContent).not.toMatch(/[a-z]_[a-z]/)
    expect(row.getAttribute('href')).toBe('/o/yunwu/admin/organisation')
  }
})
