// Every route in traditional Chinese.
import { DESKTOP } from '../browser.js'
import { walks } from '../routes.js'

walks('zh-TW', { light: { size: DESKTOP } })
