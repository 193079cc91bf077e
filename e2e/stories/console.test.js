// What an administrator keeps in the console: how the house looks, which days are worked, which program may do what;
// and that each act stands in the audit log.
import assert from 'node:assert/strict'
import { png } from '../samples.js'
import { PASSWORD, ask, press, two, until } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')

let shen, mara
const test = two('console', { theme: 'dark' }, (windows) => ({ shen, mara } = windows))

const brandOf = (page) => page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'))
const look = () => shen.page.getByRole('region', { name: zh('Look of the organisation') })

test('an accent on which nobody could read is refused, and what was typed stays', async () => {
  await shen.page.goto('/o/yunwu/admin/organisation')
  await look().getByRole('textbox', { name: zh('Display name') }).fill('云坞')
  await look().getByRole('textbox', { name: zh('Accent'), exact: true }).fill('#ffcc00')
  await press(look(), zh('Save'))
  await look().getByText(zh('Words could not be read on this colour. Choose a darker one.')).waitFor()
  assert.equal(await look().getByRole('textbox', { name: zh('Display name') }).inputValue(), '云坞')
  assert.equal((await ask(shen.page, 'GET', '/v1/brand')).body.revision, 0)
})

test('a colour, a name and a logo show in every open window at once, and can be read in both themes', async () => {
  await mara.page.goto('/o/yunwu/people')
  await mara.page.getByRole('heading', { level: 1 }).first().waitFor()
  await look().getByRole('textbox', { name: zh('Accent'), exact: true }).fill('#9c2b6e')
  await press(look(), zh('Save'))
  await until(async () => (await brandOf(mara.page)) === '#9c2b6e')
  await until(async () => (await mara.page.title()).endsWith('云坞'))
  const [chooser] = await Promise.all([shen.page.waitForEvent('filechooser'), press(look(), zh('Choose a logo'))])
  await chooser.setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(64, 64) })
  await mara.page.locator('header img[src*="/v1/brand/logo"]').waitFor()
  await shen.audit('the look of the organisation')
  await mara.audit('a window in the accent of the organisation')
  await shen.shot('console-look-zh')
  await mara.shot('console-accent-dark')
})

test('somebody else has changed it meanwhile: one sees what, and decides', async () => {
  await shen.page.getByRole('textbox', { name: zh('Display name') }).fill('云坞集团')
  const changed = await ask(mara.page, 'PUT', '/v1/brand', { name: null, accent: '#266365' })
  assert.equal(changed.status, 403, 'Mara decides nothing here')
  await ask(shen.page, 'PUT', '/v1/brand', { name: '云坞', accent: '#266365' })
  await look().getByText(zh('What they changed:')).waitFor()
  assert.equal(await look().getByRole('textbox', { name: zh('Display name') }).inputValue(), '云坞集团')
  assert.equal(await look().getByRole('textbox', { name: zh('Accent'), exact: true }).inputValue(), '#266365')
  await press(look(), zh('Save'))
  await until(async () => (await mara.page.title()).endsWith('云坞集团'))
  await press(look(), zh('Tulou\'s own'))
  await press(look(), zh('Save'))
  await until(async () => (await brandOf(mara.page)) === '')
})

/** The first Wednesday of March: the days around it are worked in every year. */
function wednesdayOfMarch(year) {
  const first = new Date(Date.UTC(year, 2, 1)).getUTCDay()
  return 1 + ((3 - first + 7) % 7)
}

test('a holiday is put into the table, and terms are counted around it', async () => {
  await shen.page.goto('/o/yunwu/admin/workdays')
  const year = new Date().getFullYear() + 1
  await shen.page.getByRole('button', { name: new RegExp(zh('Year')) }).click()
  await shen.page.getByRole('option', { name: String(year) }).click()
  const wednesday = wednesdayOfMarch(year)
  const march = (day) => `${year}-03-${String(day).padStart(2, '0')}`
  // A date is typed part by part, from the year on.
  await shen.page.getByRole('group', { name: zh('First day') }).getByRole('spinbutton').first().focus()
  await shen.page.keyboard.type(march(wednesday).replaceAll('-', ''))
  await shen.page.getByRole('textbox', { name: zh('Name', 'of a thing'), exact: true }).fill('纪念日')
  await press(shen.page, zh('Add'))
  await press(shen.page, zh('Save'))
  await shen.page.getByText(zh('Saved')).waitFor()
  await shen.page.getByRole('table', { name: zh('Special days') }).getByText('纪念日').waitFor()
  const from = encodeURIComponent(`${march(wednesday - 1)}T12:00:00Z`)
  const term = await ask(shen.page, 'GET', `/v1/workdays/term?from=${from}&days=1&zone=UTC`)
  assert.equal(term.status, 200)
  assert.equal(term.body.day, march(wednesday + 1), 'a holiday is no working day')
  await shen.audit('the working days')
  await shen.shot('console-workdays-zh')
})

test('a program gets a token, uses it within what it may, and is shut out at once', async () => {
  await shen.page.goto('/o/yunwu/admin/tokens')
  await press(shen.page, zh('New token'))
  const dialog = shen.page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('Personnel system')
  await dialog.getByRole('checkbox').first().press('Space')
  await shen.audit('a new token')
  await press(dialog, zh('Make the token'))
  await shen.page.locator('input[type=password]').fill(PASSWORD)
  await shen.page.keyboard.press('Enter')
  await shen.page.getByText(zh('The token is ready')).waitFor()
  const secret = await shen.page.getByRole('dialog').locator('code').innerText()
  const asProgram = async (method, path, body) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    return (await fetch(new URL(path, shen.page.url()), { method, headers, body })).status
  }
  assert.equal(await asProgram('GET', '/v1/provisioning/changes'), 200)
  assert.equal(await asProgram('GET', '/v1/conversations'), 401, 'it opens nothing else')
  await press(shen.page.getByRole('dialog'), zh('Done'))
  await shen.page.getByRole('row', { name: /Personnel system/ }).getByRole('button').click()
  await press(shen.page.getByRole('alertdialog'), zh('End'))
  // What was done is told by a toast, which is an alertdialog too.
  await shen.page.locator('section[role=alertdialog]').waitFor({ state: 'detached' })
  assert.equal(await asProgram('GET', '/v1/provisioning/changes'), 401)
  await shen.shot('console-tokens-zh')
})

test('a shorter time for messages is shown in numbers, waits for its day, and is taken back (C3)', async () => {
  const before = (await ask(shen.page, 'GET', '/v1/retention')).body.chat.days
  const to = before === 90 ? 45 : 90
  await shen.page.goto('/o/yunwu/admin/retention')
  await shen.page.getByRole('table', { name: zh('What your organisation decides') }).waitFor()
  await press(shen.page, zh('Change'))
  const sheet = shen.page.getByRole('dialog')
  await sheet.getByRole('button', { name: new RegExp(zh('Keep for')) }).click()
  await shen.page.getByRole('option', { name: to === 90 ? /^90/ : zh('Another number of days') }).click()
  if (to !== 90) {
    await sheet.getByRole('textbox', { name: zh('Days'), exact: true }).fill(String(to))
    await press(sheet, zh('Show what it would do'))
    await sheet.getByRole('checkbox').press('Space')
  }
  await sheet.getByRole('region', { name: zh('What this would do') }).waitFor()
  await shen.audit('what a shorter time would do')
  await shen.shot('console-retention-zh')
  await press(sheet, zh('Decide'))
  await shen.page.getByRole('button', { name: zh('Take it back') }).waitFor()
  assert.equal((await ask(shen.page, 'GET', '/v1/organisation')).body.chat_retention_days, before, 'not in force yet')
  assert.equal((await ask(mara.page, 'GET', '/v1/retention')).status, 403, 'Mara decides nothing here')
  await press(shen.page, zh('Take it back'))
  await until(async () => (await ask(shen.page, 'GET', '/v1/retention')).body.chat.shortening === undefined)
})

test('each of these acts stands in the audit log, and one looks at what it changed', async () => {
  for (const name of ['branding.brand_changed', 'workdays.table_changed', 'provisioning.token_made', 'provisioning.token_revoked', 'retention.shortening_begun', 'retention.shortening_ended']) {
    const { items } = (await ask(shen.page, 'GET', `/v1/audit?name=${name}`)).body
    assert.notEqual(items.length, 0, name)
  }
  const refused = (await ask(shen.page, 'GET', '/v1/audit?name=editBrand')).body.items
  assert.equal(refused[0]?.outcome, 'refused', 'what Mara tried')
  await shen.page.goto('/o/yunwu/admin/audit?name=workdays.table_changed')
  await shen.page.getByRole('table').getByText(zh('Working days changed')).first().waitFor()
  await shen.page.getByRole('combobox', { name: zh('What') }).click()
  await shen.page.getByRole('option').first().waitFor()
  await shen.audit('the acts below their field')
  await shen.page.keyboard.press('Escape')
  await shen.page.getByRole('table').getByRole('button').first().click()
  await shen.page.getByRole('dialog').getByText(zh('Working days changed')).waitFor()
  await shen.audit('what an act changed')
  await shen.shot('console-audit-zh')
})
