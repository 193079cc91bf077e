// What the organisation can do without is switched off, for everybody or by departments; it vanishes, and the rest goes on (OPN-03).
import assert from 'node:assert/strict'
import { ask, press, two, until } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')

let shen, mara
const test = two('applications', {}, (windows) => ({ shen, mara } = windows))

const contacts = async ({ page }) => (await ask(page, 'GET', '/v1/contacts')).status

test('contacts vanish from the window of a colleague, and her people stay', async () => {
  const written = { kind: 'customer', card: { name: 'Lin Yue', phones: [{ label: 'mobile', number: '+8613900139000' }] } }
  assert.equal((await ask(mara.page, 'POST', '/v1/contacts', written)).status, 201)
  await mara.page.goto('/o/yunwu/people/contacts')
  const add = mara.page.getByRole('button', { name: en('New contact') })
  await add.waitFor()
  await shen.page.goto('/o/yunwu/admin/applications')
  const row = shen.page.getByRole('listitem', { name: zh('Contacts'), exact: true })
  await row.getByText(zh('On for everyone')).waitFor()
  await shen.audit('the applications')
  await row.getByRole('switch').press('Space')
  const dialog = shen.page.getByRole('dialog')
  await dialog.getByText(zh('Kept out of sight')).waitFor()
  await shen.shot('applications-asked-zh')
  await shen.audit('what becomes of what is kept')
  await press(dialog, zh('Switch off'))
  await dialog.waitFor({ state: 'detached' })
  await row.getByText(zh('Off for everyone')).waitFor()
  await shen.shot('applications-off-zh')
  await add.waitFor({ state: 'detached' })
  assert.equal(await contacts(shen), 403, 'whoever switches it has it no more either')
  const { status, body } = await ask(mara.page, 'GET', '/v1/contacts')
  assert.deepEqual([status, body.code], [403, 'applications.off'])
  assert.equal((await ask(mara.page, 'GET', '/v1/members')).status, 200)
})

test('its address says whom to ask, and contact codes stay there', async () => {
  await mara.page.goto('/o/yunwu/people/contacts')
  await mara.page.getByRole('heading', { level: 2, name: en('Your organisation has switched this off') }).waitFor()
  await mara.page.getByRole('button', { name: en('My contact code') }).waitFor()
  await mara.shot('applications-closed')
  await mara.audit('what is switched off')
})

test('it is given to one department', async () => {
  const [id] = (await ask(mara.page, 'GET', '/v1/me')).body.department_ids
  const { name } = (await ask(shen.page, 'GET', '/v1/departments')).body.items.find((one) => one.id === id)
  const row = shen.page.getByRole('listitem', { name: zh('Contacts'), exact: true })
  await row.getByText(zh('By departments…')).click()
  const dialog = shen.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(zh('Only some departments')) }).click({ force: true })
  await dialog.getByRole('combobox', { name: zh('Departments') }).fill(name)
  await shen.page.getByRole('option', { name: new RegExp(`^${name}`) }).first().click()
  await shen.shot('applications-departments-zh')
  await shen.audit('by departments')
  await press(dialog, zh('Save'))
  await dialog.waitFor({ state: 'detached' })
  await until(async () => (await contacts(mara)) === 200)
  const inside = (await ask(shen.page, 'GET', '/v1/applications')).body.items.find((one) => one.key === 'contacts')
  assert.deepEqual([inside.decided.open_to, inside.decided.department_ids], ['only', [id]])
})

test('the switch stands in the audit log, and what was kept is there again', async () => {
  const entries = (await ask(shen.page, 'GET', '/v1/audit?name=applications.application_decided')).body.items
  assert.equal(entries.length, 2)
  const back = await ask(shen.page, 'PUT', '/v1/applications/contacts', { open_to: 'everybody' })
  assert.equal(back.status, 200)
  assert.deepEqual([await contacts(mara), await contacts(shen)], [200, 200])
  const { items } = (await ask(mara.page, 'GET', '/v1/contacts')).body
  assert.equal(items.length, 1)
})
