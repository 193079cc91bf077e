// Every route in simplified Chinese, in both themes, on a desktop and on a phone.
import { DESKTOP, PHONE } from '../browser.js'
import { walks } from '../routes.js'

walks('zh-CN', {
  light: { size: DESKTOP },
  dark: { size: DESKTOP, theme: 'dark' },
  phone: { size: PHONE },
  'phone-dark': { size: PHONE, theme: 'dark' },
})
