/** A box among hundreds is found by typing; where somebody is, stands first. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { DepartmentChecks } from './DepartmentChecks'

i18n.loadAndActivate({ locale: 'en', messages: {} })

const choices = Array.from({ length: 424 }, (_, n) => ({ id: `d${n}`, label: `Division / Team ${n}` }))

function Picker({ of }: { of: string[] }) {
  const [value, setValue] = useState(of)
  return (
    <I18nProvider i18n={i18n}>
      <DepartmentChecks label="Departments" choices={choices} value={value} onChange={setValue} />
      <output>{value.join(' ')}</output>
    </I18nProvider>
  )
}

test('where somebody is stands first, the rest is found by typing, and nothing chosen is lost by it', async () => {
  const user = userEvent.setup()
  render(<Picker of={['d399']} />)
  const boxes = screen.getAllByRole('checkbox')
  expect(boxes).toHaveLength(60)
  expect(boxes[0]?.closest('label')?.textContent).toBe('Division / Team 399')
  expect(boxes[1]?.closest('label')?.textContent).toBe('Division / Team 0')
  expect(screen.getByText('364 more departments: type to find them')).toBeTruthy()
  await user.type(screen.getByRole('searchbox', { name: 'Find a department' }), 'team 104')
  await user.click(screen.getByRole('checkbox', { name: 'Division / Team 104' }))
  expect(screen.getByRole('status').textContent).toBe('d399 d104')
  await user.type(screen.getByRole('searchbox'), 'x')
  expect(screen.getByText('No department is called so.')).toBeTruthy()
})
