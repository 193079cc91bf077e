/** What is only drawn is also said: the name of a button, and whether what it switches is on. */
import { render, screen } from '@testing-library/react'
import { ListFilter } from 'lucide-react'
import { expect, test } from 'vitest'
import { IconButton } from './IconButton'

test('a button that switches something says whether it is on; another one says nothing of that', () => {
  const { rerender } = render(<IconButton icon={ListFilter} label="Filter" isOn />)
  expect(screen.getByRole('button', { name: 'Filter', pressed: true })).toBeTruthy()
  rerender(<IconButton icon={ListFilter} label="Filter" isOn={false} />)
  expect(screen.getByRole('button', { name: 'Filter', pressed: false })).toBeTruthy()
  rerender(<IconButton icon={ListFilter} label="Filter" />)
  expect(screen.getByRole('button').getAttribute('aria-pressed')).toBeNull()
})
