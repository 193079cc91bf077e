// Every route in English, in both themes, and on what is narrower than a desktop.
import { DESKTOP, LAPTOP, TABLET } from '../browser.js'
import { walks } from '../routes.js'

walks('en', {
  light: { size: DESKTOP },
  dark: { size: DESKTOP, theme: 'dark' },
  laptop: { size: LAPTOP },
  tablet: { size: TABLET },
})
