// The open conversation is one at any time, also while another is opened.
import assert from 'node:assert/strict'
import { DESKTOP } from '../browser.js'
import { several, until } from '../story.js'

let shen
/** The name of a row of the list, as the head of the conversation has it. */
const nameOf = async (row) => (await row.locator('[dir=auto]').first().textContent()).trim()
const test = several('conversations', { shen: { language: 'zh-CN', size: DESKTOP } }, (windows) => ({ shen } = windows))

test('from one conversation to the next only the open one is on the screen', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/messages')
  const rows = page.locator('[data-conversation]')
  await rows.nth(3).waitFor()
  for (const place of [0, 1, 2, 3, 1, 0]) {
    const row = rows.nth(place)
    const name = await nameOf(row)
    await row.click()
    await page.getByRole('heading', { level: 2, name }).first().waitFor()
    await page.getByRole('textbox', { name }).waitFor()
    await page.getByRole('log').waitFor()
    assert.equal(await page.getByRole('log').count(), 1, name)
    assert.equal(await page.locator('textarea').count(), 1, name)
  }
})

test('Alt and the arrows lead through the list while one writes, and what was being written is there on the way back', async () => {
  const { page } = shen
  const row = page.locator('[data-conversation]')
  const names = [await nameOf(row.nth(0)), await nameOf(row.nth(1))]
  const field = (name) => page.getByRole('textbox', { name })
  const isAt = (name) => field(name).evaluate((one) => one === document.activeElement)
  await field(names[0]).fill('half a sentence')
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('heading', { level: 2, name: names[1] }).first().waitFor()
  await until(() => isAt(names[1]))
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByRole('heading', { level: 2, name: names[0] }).first().waitFor()
  await until(() => isAt(names[0]))
  assert.equal(await field(names[0]).inputValue(), 'half a sentence')
  await field(names[0]).fill('')
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await field(names[0]).count(), 1)
})
