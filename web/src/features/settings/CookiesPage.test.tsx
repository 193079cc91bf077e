import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

test('preference cookies can be removed, and no other (CKE-02)', async () => {
  serve()
  document.cookie = 'theme=dark; Path=/'
  document.cookie = 'language=en; Path=/'
  document.cookie = 'somebody_elses=1; Path=/'
  const { user } = await open('/o/yunwu/settings/cookies')
  await screen.findByRole('rowheader', { name: 'theme' })
  expect(document.cookie).toContain('theme=dark')
  await user.click(screen.getByRole('button', { name: 'Remove preference cookies' }))
  expect(await screen.findByText('Preference cookies removed. The defaults return when you reload.')).toBeTruthy()
  expect(document.cookie).not.toContain('theme')
  expect(document.cookie).not.toContain('language')
  expect(document.cookie).toContain('somebody_elses=1')
})

test('how long one is kept stays together, as one time', async () => {
  serve()
  await open('/o/yunwu/settings/cookies')
  const row = (await screen.findByRole('rowheader', { name: 'language' })).closest('tr')
  const kept = row?.querySelector('time')
  expect(kept?.textContent).toMatch(/^\d+ days?$/)
  expect(kept?.getAttribute('datetime')).toBe(`P${kept?.textContent?.split(' ')[0] ?? ''}D`)
})

test('each says whose it is and what stands in it, or that no script can read that (CKE-04)', async () => {
  serve()
  document.cookie = 'language=en; Path=/'
  await open('/o/yunwu/settings/cookies')
  const row = (await screen.findByRole('rowheader', { name: 'language' })).closest('tr')
  const cells = (of: Element | null | undefined) => [...(of?.querySelectorAll('td') ?? [])].map((cell) => `${cell.dataset['label'] ?? ''}: ${cell.textContent}`)
  expect(cells(row)).toEqual(expect.arrayContaining([`Site: ${location.host}`, 'Value: en']))
  const session = screen.getByRole('rowheader', { name: 'session' }).closest('tr')
  expect(cells(session)).toEqual(expect.arrayContaining([`Site: ${location.host}`, 'Value: No script can read it, ours included']))
  const theme = screen.getByRole('rowheader', { name: 'theme' }).closest('tr')
  expect(cells(theme)).toEqual(expect.arrayContaining(['Value: –']))
})

test('of the one of signing in it is said that the sign-in ends sooner', async () => {
  serve()
  await open('/o/yunwu/settings/cookies')
  const row = (await screen.findByRole('rowheader', { name: 'session' })).closest('tr')
  expect(row?.textContent).toContain('once it has not been used for 30 days')
  expect(screen.getAllByText(/The sign-in ends sooner/)).toHaveLength(1)
})
