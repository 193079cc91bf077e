/** The newest files in the panel: a button is called what stands on it (WCAG 2.5.3), after what it does. */
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { asAnn } from '../testing'
import { RecentFiles } from './RecentFiles'

const file = { id: 'f1', name: 'timetable.xlsx', size: 4, media_type: 'application/zip', kind: 'file', has_thumbnail: false, state: 'ready' }
vi.mock('./useSentFiles', () => ({ useSentFiles: () => ({ data: { pages: [{ items: [{ file, seq: 1, sent_at: '2026-01-05T04:00:00Z' }] }] } }) }))

test('the name of a button to download has the name of the file and its day', async () => {
  await asAnn(() => <RecentFiles conversation="c1" />)
  const button = screen.getByRole('button', { name: /^Download timetable\.xlsx, / })
  const words = (text: string | null) => text?.match(/[\p{L}\p{N}]+/gu)?.join(' ')
  expect(words(button.textContent)).toBeTruthy()
  expect(words(button.getAttribute('aria-label'))).toBe(`Download ${words(button.textContent)}`)
})
