// The open conversation is one at any time, also while another is opened.
import assert from 'node:assert/strict'
import { DESKTOP } from '../browser.js'
import { log, several, until } from '../story.js'
import { speaks } from '../texts.js'

const zh = speaks('zh-CN')
let shen
/** The name of a row of the list, as the head of the conversation has it. */
const nameOf = async (row) => (await row.locator('[dir=auto]').first().textContent()).trim()
const test = several('conversations', { shen: { language: 'zh-CN', size: DESKTOP } }, (windows) => ({ shen } = windows))

test('where none is open, Alt and ↓ open the first of the list', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/messages')
  const first = page.locator('[data-conversation]').first()
  await first.waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  const name = await nameOf(first)
  await page.getByRole('heading', { level: 2, name }).first().waitFor()
  assert.ok(page.url().endsWith(await first.getAttribute('href')))
})

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

test('an author’s name and picture, who is called, and the menu of a message lead to the card, and back to where one read', async () => {
  const { page } = shen
  await page.locator('[data-conversation]').first().click()
  const called = log(page).getByRole('article').getByRole('link', { name: /^@/ }).last()
  const article = log(page).getByRole('article').filter({ has: page.locator('b a') }).filter({ has: page.getByRole('link', { name: /^@/ }) }).last()
  await article.waitFor()
  const author = article.locator('b a')
  const left = page.url()
  const leads = async (name, press) => {
    await press()
    await page.getByRole('heading', { name, exact: true }).waitFor()
    assert.match(page.url(), /\/people\//)
    await page.goBack()
    await article.waitFor()
    assert.equal(page.url(), left)
  }
  const name = await author.textContent()
  await leads(name, () => author.click())
  await leads(name, () => article.locator('a[aria-hidden]').click())
  await leads((await called.textContent()).slice(1), () => called.click())
  await leads(name, async () => {
    await article.focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: zh('Open the card') }).click()
  })
})
