// Set up, invite, talk, go offline and come back, take back, ask for what waits a day, suspend: in two languages, on a desktop and on a phone.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { kept } from '../reality.js'
import { start } from '../server.js'
import { chapters, log, press } from '../story.js'
import { speaks } from '../texts.js'

let server, browser, ann, bob
const PASSWORD = 'rammed earth stands 700 years'
const en = speaks('en')
const zh = speaks('zh-CN')

before(async () => {
  server = await start()
  browser = await launch()
})
after(() => end(() => ann?.close(), () => bob?.close(), () => browser?.close(), () => server?.stop()))

const test = chapters('company', () => ({ ann, bob }))

test('somebody without the code cannot claim the server', async () => {
  ann = await open(browser, server)
  const { page } = ann
  await page.goto('/')
  await page.waitForURL('**/setup')
  await page.getByLabel(en('Set-up code')).fill('WRONG-CODE')
  await page.keyboard.press('Enter')
  await page.getByText(en('That is not the code this server printed.')).waitFor()
})

test('Ann sets up the organisation (ORG-01, ORG-02, ORG-10, ORG-11, ACC-16, ACC-18)', async () => {
  const { page } = ann
  await page.getByLabel(en('Set-up code')).fill(server.code)
  await page.keyboard.press('Enter')
  await page.getByLabel(en('Name in English')).fill('Hakka Works')
  await choose(page, en('Industry'))
  await page.getByLabel(en('Contact name')).fill('Ann Lee')
  await page.getByLabel(en('E-mail'), { exact: true }).fill('ann@hakka.example')
  await page.keyboard.press('Enter')
  await page.getByLabel(en('Your name')).fill('Ann Lee')
  await page.getByLabel(en('User ID')).fill('ann')
  await page.getByLabel(en('Password'), { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: en('How long should Tulou keep messages?') }).waitFor()
  await ann.shot('setup-retention-en')
  await ann.audit('set-up: retention')
  await page.getByRole('radio', { name: /180/ }).press('Space')
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { name: en('Before you open the gate') }).waitFor()
  for (const box of await page.getByRole('checkbox').all()) await box.press('Space')
  await page.locator('button[type=submit]').click()
  await page.waitForURL('**/admin/people')
  await ann.shot('admin-people-en')
})

/** Opens a select and takes its first choice. */
async function choose(page, label) {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('option').first().click()
}

test('she invites by link and Bob joins on his phone, in Chinese (ORG-08)', async () => {
  const { page } = ann
  await page.goto(page.url().replace('people', 'invitations'))
  await press(page, en('New invitation'))
  await page.getByRole('dialog').locator('button[type=submit]').click()
  const link = await page.getByRole('dialog').getByText(/\/join\//).or(page.getByRole('dialog').locator('input[readonly]')).first()
  const address = (await link.inputValue().catch(() => link.textContent())).trim()
  await page.keyboard.press('Escape')

  bob = await open(browser, server, { language: 'zh-CN', size: PHONE })
  await bob.page.goto(address)
  await bob.page.getByLabel(zh('Your name')).fill('柏青')
  await bob.page.getByLabel(zh('Phone, e-mail or user ID')).fill('bob')
  await bob.page.getByLabel(zh('Password'), { exact: true }).fill('夯土墙厚，冬暖夏凉，人心敞亮')
  await bob.shot('join-zh-phone')
  await bob.audit('join')
  for (const box of await bob.page.getByRole('checkbox').all()) await box.press('Space')
  await press(bob.page, zh('Join'))
  await bob.page.waitForURL('**/messages')
})

test('they talk, live in both windows (IM-01, IM-16)', async () => {
  const { page } = ann
  await page.goto('/')
  await page.waitForURL('**/messages')
  await press(page, en('New conversation'))
  await page.getByRole('dialog').getByLabel(en('Find people')).fill('柏青')
  await page.getByRole('dialog').getByText('柏青').first().click()
  await press(page, en('Start the chat'))
  await write(page, 'The south wall is dry. **Shall we** raise the beams?')
  const first = bob.page.getByText('The south wall is dry.').first()
  await first.waitFor()
  await first.click()
  await write(bob.page, '明早七点，我带绳子。')
  await log(page).getByText('明早七点，我带绳子。').waitFor()
  assert.equal(await log(bob.page).locator('strong', { hasText: 'Shall we' }).count(), 1)
  await ann.shot('talk-en')
  await bob.shot('talk-zh-phone')
  await ann.audit('talk')
  await bob.audit('talk on a phone')
})

/** Writes into the composer and sends. */
async function write(page, text) {
  const box = page.locator('textarea').last()
  await box.fill(text)
  if (page.viewportSize().width < 768) await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
  else await box.press('Enter')
}

test('what is written offline is sent in order, once (IM-19)', async () => {
  await bob.context.setOffline(true)
  for (const word of ['一', '二', '三']) await write(bob.page, `第${word}根梁`)
  await bob.page.getByText(zh('Will send when online')).first().waitFor()
  await bob.shot('offline-zh-phone')
  await write(ann.page, 'Nails are ordered.')
  await bob.context.setOffline(false)
  await log(ann.page).getByText('第三根梁').waitFor({ timeout: 40_000 })
  await log(bob.page).getByText('Nails are ordered.').waitFor()
  const rows = (await log(ann.page).allInnerTexts()).join('\n')
  const places = ['第一根梁', '第二根梁', '第三根梁'].map((text) => rows.indexOf(text))
  assert.ok(places[0] >= 0 && places[0] < places[1] && places[1] < places[2], rows)
  assert.equal(rows.split('第二根梁').length, 2, 'sent twice')
})

test('Ann takes a message back and it is gone for Bob', async () => {
  const { page } = ann
  await write(page, 'Wrong window, sorry')
  await log(bob.page).getByText('Wrong window, sorry').waitFor()
  await log(page).getByText('Wrong window, sorry').click({ button: 'right' })
  await page.getByRole('menuitem', { name: en('Recall') }).click()
  await log(page).getByText(en('You recalled a message')).waitFor()
  await log(bob.page).getByText('Wrong window, sorry').waitFor({ state: 'detached' })
})

test('Bob asks: where things are kept, for how long, and whom he can turn to (ADM-08)', async () => {
  const { page } = bob
  const home = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
  await page.goto(`${home}/settings`)
  await press(page, zh('Ask my administrator'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/180/).first().waitFor()
  await bob.shot('ask-administrator-zh-phone')
  await bob.audit('asking an administrator')
  await dialog.getByRole('button', { name: /Ann Lee/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}$/)
  await log(page).getByText('明早七点，我带绳子。').waitFor()
})

test('the pages keep what they need on the device; whatever a window leaves there is compared with the data map when it closes', async () => {
  for (const { page } of [ann, bob]) {
    const found = await kept(page)
    assert.ok(found.includes('indexed_db tulou') && found.includes('local_storage organisation'), found.join(', '))
  }
})

test('what a lone owner asks for waits a day, everybody sees it coming, and it is stopped (ORG-03)', async () => {
  const { page } = ann
  const home = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
  await page.goto(`${home}/admin/roles`)
  await press(page, en('Give a role'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: en('To whom') }).fill('柏青')
  await page.getByRole('option', { name: /柏青/ }).click()
  await dialog.locator('form').getByRole('button', { name: en('Role') }).click()
  await page.getByRole('option', { name: /Owner/ }).first().click()
  await press(page, en('Ask for it'))
  await page.locator('input[type=password]').first().fill(PASSWORD)
  await press(page, en('Continue'))
  await dialog.first().waitFor({ state: 'detached' })
  const coming = bob.page.getByRole('heading', { name: zh('About to happen') })
  await bob.page.goto(`${home}/settings/privacy`)
  await coming.waitFor()
  await bob.shot('acts-coming-zh-phone')
  await bob.audit('what is about to happen')
  await page.goto(`${home}/admin/decisions`)
  await press(page, en('Stop'))
  await page.getByRole('alertdialog').getByRole('button', { name: en('Stop'), exact: true }).click()
  await page.getByText(en('stopped'), { exact: true }).first().waitFor()
  await coming.waitFor({ state: 'detached' })
})

test('a suspended person is shown out at once (ACC-10)', async () => {
  const { page } = ann
  const home = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
  await page.goto(`${home}/admin/people`)
  const row = page.getByRole('row', { name: /柏青/ })
  await row.getByRole('button').last().click()
  await page.getByRole('menuitem', { name: new RegExp(en('Suspend'), 'i') }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: new RegExp(en('Suspend'), 'i') }).click()
  await bob.page.waitForURL('**/sign-in**', { timeout: 5000 })
  await bob.shot('suspended-zh-phone')
})
