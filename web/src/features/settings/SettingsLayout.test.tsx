/** On a phone the list of settings says in which organisation one is. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

test('whoever belongs to several reads in which one they are, beside the ways to the others', async () => {
  serve()
  await open('/o/yunwu/settings/devices')
  const heading = await screen.findByText('Your organisation')
  await expect.poll(() => heading.nextElementSibling?.textContent).toBe('Yunwu Group')
  expect(screen.getByText('Other organisations')).toBeTruthy()
})

test('whoever belongs to one reads nothing of it', async () => {
  serve({}, (state) => state.session?.organisations.splice(1))
  await open('/o/yunwu/settings/devices')
  await screen.findByText('This device')
  expect(screen.queryByText('Your organisation')).toBeNull()
})
