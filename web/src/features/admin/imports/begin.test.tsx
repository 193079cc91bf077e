import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

test('whoever may not import is told so, and has nowhere to drop a list', async () => {
  serve({
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: ['people.see'], has_part: false } }),
    'GET /v1/imports': () => problem(403, 'forbidden'),
  })
  await open('/o/yunwu/admin/people/import')
  expect(await screen.findByRole('heading', { level: 2, name: 'Only administrators can open this' })).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1, name: 'Import people' })).toBeTruthy()
  expect(document.querySelector('input[type=file]')).toBeNull()
  expect(screen.queryByRole('button', { name: /^(Choose a file|Download the template|Try again)$/ })).toBeNull()
})

test('a list of imports that cannot be read keeps nobody from beginning one', async () => {
  serve({ 'GET /v1/imports': () => problem(500, 'internal') })
  await open('/o/yunwu/admin/people/import')
  expect(await screen.findByRole('button', { name: 'Choose a file' }, { timeout: 8000 })).toBeTruthy()
  expect(await screen.findByText('Your imports could not be read.', {}, { timeout: 8000 })).toBeTruthy()
})
