// A part of the administration is given away, and whoever has it tries to get further: in the browser and by API (ORG-03, ADM-01).
import assert from 'node:assert/strict'
import { PHONE } from '../browser.js'
import { PASSWORD, ask, press, two } from '../story.js'
import { speaks } from '../texts.js'

const OWNER = '00000000-0000-7000-8000-000000000001'
const en = speaks('en')
const zh = speaks('zh-CN')

let shen, mara
const test = two('roles', { size: PHONE }, (windows) => ({ shen, mara } = windows))

const me = async (page) => (await ask(page, 'GET', '/v1/me')).body

test('Shen writes a role and gives it to Mara for her department, seeing before what it opens', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/roles')
  await press(page, zh('New role'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('分部人事')
  for (const name of ['See who is invited or suspended', 'Change people', 'Place people']) await dialog.getByRole('checkbox', { name: zh(name) }).press('Space')
  await shen.shot('roles-new-zh')
  await shen.audit('a new role')
  await press(page, zh('Make the role'))
  await page.getByText('分部人事').first().waitFor()
  await press(page, zh('Give a role'))
  await dialog.getByRole('combobox', { name: zh('To whom') }).fill('Mara')
  await page.getByRole('option', { name: /Mara/ }).waitFor()
  await shen.audit('a list of people below a field')
  await page.getByRole('option', { name: /Mara/ }).click()
  await dialog.locator('form').getByRole('button', { name: zh('Role') }).click()
  await page.getByRole('option', { name: '分部人事' }).click()
  const { department_ids: [department] } = await me(mara.page)
  const { body: { items } } = await ask(page, 'GET', '/v1/departments')
  const name = items.find((one) => one.id === department).name
  await dialog.getByRole('combobox', { name: zh('For') }).fill(name)
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).first().click()
  await dialog.getByRole('status').getByText(zh('Change people')).waitFor()
  await shen.shot('roles-give-zh')
  await shen.audit('giving a role')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
})

test('Mara finds what it opens and nothing else', async () => {
  const { page } = mara
  await page.goto('/o/yunwu/admin')
  const nav = page.getByRole('navigation', { name: en('Administration') })
  await nav.getByRole('link', { name: en('People') }).waitFor()
  for (const closed of ['Roles', 'Audit log', 'Jobs', 'Organisation', 'Invitations']) assert.equal(await nav.getByRole('link', { name: en(closed), exact: true }).count(), 0, closed)
  await mara.shot('roles-delegate-phone')
  await mara.audit('the administration of a delegate')
})

test('she tries to get further, and gets nowhere', async () => {
  const { page } = mara
  const self = await me(page)
  const shens = await me(shen.page)
  const { body: { items } } = await ask(shen.page, 'GET', '/v1/roles')
  const own = items.find((one) => one.name === '分部人事').id
  const outside = (await ask(page, 'GET', '/v1/members?limit=100')).body.items.find((one) => one.id !== shens.id && !one.can.edit)
  const tries = [
    ['POST', '/v1/role-grants', { member_id: self.id, role_id: own }],
    ['POST', '/v1/role-grants', { member_id: self.id, role_id: OWNER }],
    ['PATCH', `/v1/members/${self.id}`, { role: 'administrator' }],
    ['PATCH', `/v1/roles/${own}`, { permissions: ['audit.read'] }],
    ['POST', `/v1/members/${shens.id}/initial-password`],
    ['POST', `/v1/members/${shens.id}/suspend`, {}],
    ['PATCH', `/v1/members/${outside.id}`, { department_ids: self.department_ids }],
    ['POST', '/v1/members', { name: 'Puppet', user_id: 'puppet', role: 'administrator', department_ids: self.department_ids }],
  ]
  for (const [method, path, body] of tries) assert.equal((await ask(page, method, path, body)).status, 403, `${method} ${path}`)
  // The page she has no link to says so instead of showing anything.
  await page.goto('/o/yunwu/admin/audit')
  await page.getByRole('heading', { name: en('Only administrators can open this') }).waitFor()
  await shen.page.goto('/o/yunwu/admin/audit')
  const refused = shen.page.getByRole('row').filter({ hasText: 'Mara' })
  for (const act of ['Give a role', 'Change a role', 'Make an initial password', 'Suspend a person']) await refused.filter({ hasText: zh(act) }).first().waitFor()
  await shen.shot('roles-audit-zh')
})

test('the owner asks a second one to decide about another owner, and stops it again', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/roles')
  await press(page, zh('Give a role'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: zh('To whom') }).fill('Mara')
  await page.getByRole('option', { name: /Mara/ }).waitFor()
  await shen.audit('a list of people below a field')
  await page.getByRole('option', { name: /Mara/ }).click()
  await dialog.locator('form').getByRole('button', { name: zh('Role') }).click()
  await page.getByRole('option', { name: /所有者/ }).first().click()
  await press(page, zh('Ask for it'))
  await page.getByRole('textbox', { name: zh('Password') }).or(page.locator('input[type=password]')).first().fill(PASSWORD)
  await press(page, zh('Continue'))
  await dialog.first().waitFor({ state: 'detached' })
  await page.goto('/o/yunwu/admin/decisions')
  await press(page, zh('Stop'))
  await shen.shot('acts-stop-zh')
  await page.getByRole('alertdialog').getByRole('button', { name: zh('Stop'), exact: true }).click()
  await page.getByText(zh('stopped'), { exact: true }).first().waitFor()
  await shen.audit('decisions')
  assert.equal((await me(mara.page)).role, 'member')
})
