/** While its list is open a combo box leaves the page around it, and the dialog it stands in, to screen readers (WCAG 4.1.2). */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ComboBox } from './ComboBox'
import { Dialog } from './Dialog'

const nothing = () => undefined
const field = <ComboBox label="Where" choices={[{ id: 'a', label: 'Here' }]} value={null} onChange={nothing} typed="" onType={nothing} empty="Nothing" />

test.each(['page', 'dialog'])('nothing else on the %s is hidden, and the list stands in a landmark', async (place) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const inside = (
    <>
      <button type="button">Beside</button>
      {field}
    </>
  )
  render(<I18nProvider i18n={i18n}>{place === 'page' ? <main>{inside}</main> : <Dialog title="A dialog" isOpen onOpenChange={nothing}>{inside}</Dialog>}</I18nProvider>)
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox', { name: 'Where' }))
  const list = await screen.findByRole('listbox')
  expect(screen.getByRole('button', { name: 'Beside' })).toBeTruthy()
  expect(list.closest('section')?.getAttribute('aria-label')).toBe('Where')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull())
  expect(document.querySelector('[data-react-aria-top-layer]')).toBeNull()
})
