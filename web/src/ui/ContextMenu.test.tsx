import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ContextMenu, useContextMenu } from './ContextMenu'
import { MenuItem } from './Menu'

function Row() {
  const menu = useContextMenu((row) => row.querySelector('b'))
  return (
    <div role="row" tabIndex={0} {...menu.handlers}>
      <b>What is said</b>
      {menu.place !== null && <ContextMenu label="Acts" place={menu.place} onClose={menu.close}><MenuItem>Reply</MenuItem></ContextMenu>}
    </div>
  )
}

test.each(['{Shift>}{F10}{/Shift}', '{ContextMenu}'])('by %s the menu opens at what is said, not at the edge of its row', async (keys) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  render(<I18nProvider i18n={i18n}><Row /></I18nProvider>)
  screen.getByText('What is said').getBoundingClientRect = () => new DOMRect(600, 100, 90, 30)
  const user = userEvent.setup({ delay: null })
  await user.tab()
  await user.keyboard(keys)
  await screen.findByRole('menuitem', { name: 'Reply' })
  const anchor = [...document.body.querySelectorAll<HTMLElement>('span[aria-hidden]')].find((one) => one.style.insetInlineStart !== '')
  expect([anchor?.style.insetInlineStart, anchor?.style.insetBlockStart]).toEqual(['624px', '130px'])
})
