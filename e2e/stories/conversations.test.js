// The open conversation is one at any time, also while another is opened.
import assert from 'node:assert/strict'
import { DESKTOP } from '../browser.js'
import { several } from '../story.js'

let shen
const test = several('conversations', { shen: { language: 'zh-CN', size: DESKTOP } }, (windows) => ({ shen } = windows))

test('from one conversation to the next only the open one is on the screen', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/messages')
  const rows = page.locator('[data-conversation]')
  await rows.nth(3).waitFor()
  for (const place of [0, 1, 2, 3, 1, 0]) {
    const row = rows.nth(place)
    const name = (await row.locator('[dir=auto]').first().textContent()).trim()
    await row.click()
    await page.getByRole('heading', { level: 2, name }).first().waitFor()
    await page.getByRole('textbox', { name }).waitFor()
    await page.getByRole('log').waitFor()
    assert.equal(await page.getByRole('log').count(), 1, name)
    assert.equal(await page.locator('textarea').count(), 1, name)
  }
})
