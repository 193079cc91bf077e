// People are put under one name, by hand and by a rule that follows what happens; a conversation begins with all of them (DIR-01, DIR-02, DIR-03).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { PHONE } from '../browser.js'
import { ask, press, two } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')

let shen, mara
const test = two('people-groups', { size: PHONE }, (windows) => ({ shen, mara } = windows))

const me = async (page) => (await ask(page, 'GET', '/v1/me')).body
const group = async (page, name) => (await ask(page, 'GET', `/v1/people-groups?query=${encodeURIComponent(name)}`)).body.items[0]

test('Shen puts people together by a rule and sees who would be in it', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/people-groups')
  await page.getByRole('heading', { name: zh('No directory groups yet') }).waitFor()
  await shen.shot('people-groups-empty-zh')
  await shen.audit('no groups yet')
  await press(page, zh('New directory group'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('关怀名单')
  await dialog.getByRole('radio', { name: new RegExp(zh('By a rule')) }).click({ force: true })
  await press(dialog, zh('Add a condition'))
  const condition = dialog.getByRole('group', { name: '条件 1' })
  await condition.getByRole('button').first().click()
  await page.getByRole('option', { name: zh('Position') }).click()
  await condition.getByRole('button').nth(1).click()
  await page.getByRole('option', { name: '未填写' }).click()
  await press(dialog, zh('See who would be in it'))
  await dialog.getByRole('status').getByText(/人/).first().waitFor()
  await shen.shot('people-groups-rule-zh')
  await shen.audit('a rule')
  await dialog.locator('button[type=submit]').click()
  await page.getByRole('row').filter({ hasText: '关怀名单' }).waitFor()
})

test('Mara is in it as long as the rule means her', async () => {
  const self = await me(mara.page)
  const { id } = await group(shen.page, '关怀名单')
  const inside = async () => (await ask(shen.page, 'GET', `/v1/people-groups/${id}/members?limit=200`)).body.items.some((one) => one.id === self.id)
  const becomes = async (position, is) => {
    assert.equal((await ask(shen.page, 'PATCH', `/v1/members/${self.id}`, { position })).status, 200)
    for (let tries = 0; tries < 50 && (await inside()) !== is; tries += 1) await shen.page.waitForTimeout(100)
    assert.equal(await inside(), is, `with the position ${position}`)
  }
  await becomes('Planner', false)
  await becomes(null, true)
  // And somebody she can begin a conversation with.
  const [elliot] = (await ask(shen.page, 'GET', '/v1/members?query=elliot')).body.items
  assert.equal((await ask(shen.page, 'PATCH', `/v1/members/${elliot.id}`, { position: null })).status, 200)
})

test('Shen names people by hand', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/people-groups')
  await press(page, zh('New directory group'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('Harbour crew')
  await dialog.getByRole('combobox').first().fill('Mara')
  await page.getByRole('option').first().click()
  await dialog.getByRole('list').getByText('Mara').waitFor()
  await shen.shot('people-groups-hand-zh')
  await dialog.locator('button[type=submit]').click()
  await page.getByRole('row').filter({ hasText: 'Harbour crew' }).waitFor()
  await shen.shot('people-groups-zh')
  await shen.audit('the groups')
})

test('Mara begins a conversation with a group on her phone', async () => {
  const { page } = mara
  await page.goto('/o/yunwu/messages')
  await press(page, en('New conversation'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('关怀')
  await dialog.getByText('关怀名单', { exact: true }).click()
  await dialog.getByRole('list', { name: en('Chosen') }).getByText('关怀名单').waitFor()
  await mara.shot('people-groups-conversation-phone')
  await mara.audit('a conversation with a group')
  await press(dialog, en('Create the group'))
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/)
})

test('a rule about a field that is switched off holds nobody and says so', async () => {
  const { page } = shen
  const position = (await ask(page, 'GET', '/v1/fields')).body.items.find((field) => field.built_in === 'position')
  assert.equal((await ask(page, 'PATCH', `/v1/fields/${position.id}`, { is_collected: false, stored: 'kept' })).status, 200)
  await page.goto('/o/yunwu/admin/people-groups')
  await page.getByRole('row').filter({ hasText: '关怀名单' }).getByText(zh('needs mending')).waitFor()
  await shen.shot('people-groups-broken-zh')
  await shen.audit('a group that needs mending')
  const { id } = await group(page, '关怀名单')
  assert.equal((await ask(mara.page, 'GET', `/v1/people-groups/${id}`)).status, 404)
  assert.equal((await ask(page, 'PATCH', `/v1/fields/${position.id}`, { is_collected: true })).status, 200)
})

test('positions become a list, and a person is given one of it (DIR-02)', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/fields')
  await page.getByRole('button', { name: `${zh('Position')} 的操作` }).click()
  await page.getByRole('menuitem', { name: zh('Change') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: zh('What is offered') }).fill('调度主管\n仓库主管')
  await dialog.getByRole('checkbox', { name: new RegExp(zh('Only what stands in the list')) }).press('Space')
  await shen.shot('position-list-zh')
  await shen.audit('a list of positions')
  await press(dialog, zh('Save'))
  await dialog.waitFor({ state: 'detached' })
  const self = await me(mara.page)
  const wizard = await ask(page, 'PATCH', `/v1/members/${self.id}`, { position: 'Wizard' })
  assert.deepEqual([wizard.status, wizard.body.why], [422, 'not_listed'])
  assert.equal((await ask(page, 'PATCH', `/v1/members/${self.id}`, { position: '仓库主管' })).status, 200)
})

test('Shen takes the people along as a file, and the overview says what waits (DIR-08)', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/people')
  await press(page, zh('Export'))
  const dialog = page.getByRole('dialog', { name: zh('Export people') })
  await press(dialog, zh('Export everybody'))
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'CSV' }).first().click()])
  await shen.shot('people-export-zh')
  await shen.audit('an export of people')
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n')
  assert.match(lines[0], /^\uFEFF"姓名","用户名",/)
  assert.ok(lines.some((line) => line.startsWith('"Mara') && line.includes('"仓库主管"')), lines[1])
  await page.goto('/o/yunwu/admin/overview')
  await page.getByRole('heading', { name: zh('Messages a day') }).waitFor()
  await shen.shot('overview-zh')
  await shen.audit('the overview')
})
