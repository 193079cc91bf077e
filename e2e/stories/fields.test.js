// What is collected of people is said field by field; a masked number is looked at and its owner sees who did (DIR-02, DIR-03, DIR-04, DIR-08, DIR-10).
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { start } from '../server.js'
import { ask, chapters, press, signIn } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')
const tw = speaks('zh-TW')

let server, browser, shen, mara, dusk

before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  shen = await open(browser, server, { language: 'zh-CN' })
  mara = await open(browser, server, { language: 'en', size: PHONE })
  dusk = await open(browser, server, { language: 'zh-TW', size: PHONE, theme: 'dark' })
  await Promise.all([signIn(shen.page, 'shen'), signIn(mara.page, 'mara'), signIn(dusk.page, 'shen')])
  // Shen reads simplified characters; this device was told otherwise.
  await dusk.page.evaluate(() => (document.cookie = 'language=zh-TW; Path=/'))
})
after(() => end(() => shen?.close(), () => mara?.close(), () => dusk?.close(), () => browser?.close(), () => server?.stop()))

const test = chapters('fields', () => ({ shen, mara, dusk }))

const me = async (page) => (await ask(page, 'GET', '/v1/me')).body

test('Shen makes a field of the organisation’s own', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/fields')
  await page.getByRole('table', { name: zh('Fields') }).waitFor()
  await shen.shot('fields-zh')
  await shen.audit('the fields')
  await press(page, zh('New field'))
  const dialog = page.getByRole('dialog')
  await dialog.getByPlaceholder('简体中文').first().fill('工位')
  await dialog.getByPlaceholder('English').first().fill('Desk')
  await shen.shot('fields-new-zh')
  await shen.audit('a new field')
  await dialog.locator('button[type=submit]').click()
  await page.getByRole('row').filter({ hasText: '工位' }).waitFor()
})

test('Mara fills it in, and Shen reads it on her card', async () => {
  const { page } = mara
  await page.goto('/o/yunwu/settings/profile')
  await page.getByRole('textbox', { name: 'Desk' }).fill('North 4')
  await mara.shot('fields-profile-phone')
  await mara.audit('a profile with fields')
  await press(page, en('Save'))
  await page.getByText(en('Profile saved')).waitFor()
  await shen.page.goto(`/o/yunwu/people/${(await me(page)).id}`)
  await shen.page.getByText('North 4').waitFor()
  await shen.shot('fields-card-zh')
})

test('a masked number is shown to whoever asks, and its owner sees who did', async () => {
  const owner = await me(shen.page)
  assert.equal((await ask(shen.page, 'PATCH', '/v1/me', { phone: '13800132200' })).status, 200)
  const phone = (await ask(shen.page, 'GET', '/v1/fields')).body.items.find((field) => field.built_in === 'phone')
  assert.equal((await ask(shen.page, 'PATCH', `/v1/fields/${phone.id}`, { is_masked: true })).status, 200)
  const { page } = mara
  await page.goto(`/o/yunwu/people/${owner.id}`)
  await page.getByText('+86138••••2200').waitFor()
  await page.getByText(/^Looking is recorded, and .+ sees who looked\.$/).waitFor()
  await mara.shot('fields-masked-phone')
  await mara.audit('a masked number')
  await page.getByRole('button', { name: 'Show Phone' }).click()
  await page.getByRole('link', { name: '+8613800132200' }).waitFor()
  await shen.page.goto('/o/yunwu/settings/data')
  await shen.page.getByRole('table', { name: zh('Who looked at what is masked') }).getByText('Mara').waitFor()
  await shen.shot('fields-reveals-zh')
  await shen.audit('who looked')
})

test('whoever is hidden is found by nobody else', async () => {
  const people = (await ask(mara.page, 'GET', '/v1/members?limit=100')).body.items
  const [self, owner] = [await me(mara.page), await me(shen.page)]
  const hidden = people.find((one) => one.id !== self.id && one.id !== owner.id)
  assert.equal((await ask(shen.page, 'PATCH', `/v1/members/${hidden.id}`, { is_hidden: true })).status, 200)
  assert.equal((await ask(mara.page, 'GET', `/v1/members/${hidden.id}`)).status, 404)
  const { page } = mara
  await page.goto('/o/yunwu/people')
  await page.getByRole('searchbox').fill(hidden.name)
  await page.getByText(/Nobody matches/).waitFor()
})

test('departments stand in a tree that is ordered and merged', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/departments')
  await page.getByRole('treegrid').waitFor()
  await shen.shot('departments-zh')
  await shen.audit('the departments')
  await page.getByRole('row').last().getByRole('button').last().click()
  await page.getByRole('menuitem', { name: zh('Merge into another') }).click()
  await page.getByRole('dialog').waitFor()
  await shen.shot('departments-merge-zh')
  await shen.audit('merging departments')
  // The menu it came from has a way out for screen readers by that name too.
  await page.getByRole('dialog').locator('button', { hasText: zh('Cancel') }).click()
})

test('two administrators change one person: the second sees what the first changed, and decides', async () => {
  const { page } = shen
  const who = await me(mara.page)
  await page.goto('/o/yunwu/admin/people')
  await page.getByRole('button', { name: zh('Actions for {name}').replace('{name}', who.name) }).click()
  await page.getByRole('menuitem', { name: zh('Change'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: zh('Staff number') }).fill('YW-77')
  assert.equal((await ask(dusk.page, 'PATCH', `/v1/members/${who.id}`, { position: '值班长' })).status, 200)
  const save = dialog.locator('button[type=submit]')
  await save.click()
  await dialog.getByText(zh('What they changed:')).waitFor()
  await shen.shot('fields-second-zh')
  await shen.audit('what the first changed')
  await save.click()
  await dialog.waitFor({ state: 'detached' })
  const { body } = await ask(page, 'GET', `/v1/members/${who.id}`)
  assert.deepEqual([body.position, body.staff_number], ['值班长', 'YW-77'])
})

test('fields and departments on a phone, at night', async () => {
  const { page } = dusk
  await page.goto('/o/yunwu/admin/fields')
  await page.getByRole('table', { name: tw('Fields') }).waitFor()
  await dusk.shot('fields-phone-dark-tw')
  await dusk.audit('the fields on a phone')
  await dusk.fits('the fields on a phone')
  await press(page, tw('New field'))
  await page.getByRole('dialog').waitFor()
  await dusk.shot('fields-new-phone-dark-tw')
  await dusk.audit('a new field on a phone')
  await press(page, tw('Cancel'))
  await page.goto('/o/yunwu/admin/departments')
  await page.getByRole('treegrid').waitFor()
  await dusk.shot('departments-phone-dark-tw')
  await dusk.audit('the departments on a phone')
  await dusk.fits('the departments on a phone')
  // As a finger does it: a mouse could come up over what opens below it.
  await page.getByRole('row').last().getByRole('button').last().tap()
  await page.getByRole('menuitem', { name: tw('Change'), exact: true }).click()
  await page.getByRole('dialog').waitFor()
  // On a phone a dialog is drawn once it is known how much room the keyboard leaves.
  await page.waitForFunction(() => getComputedStyle(document.querySelector('[role=dialog]').parentElement).opacity === '1')
  await dusk.shot('departments-change-phone-dark-tw')
  await dusk.audit('changing a department on a phone')
  await page.getByRole('dialog').locator('button', { hasText: tw('Cancel') }).click()
})
