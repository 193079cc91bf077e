// Somebody is disabled or suspended: gone from open windows in five seconds, and from those being opened; handed over, let in
// again; another leaves alone (ACC-10, ACC-11, ACC-12, DEL-01, DEL-02; in one breath: ambition C11).
import assert from 'node:assert/strict'
import { PHONE } from '../browser.js'
import { PASSWORD, ask, press, signIn, two, until } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')

let shen, mara, group
const test = two('leaver', { size: PHONE }, (windows) => ({ shen, mara } = windows))

const owned = async (page) => (await ask(page, 'GET', '/v1/conversations?limit=100')).body.items.filter((one) => one.my.role === 'owner')

async function menu(page, name, item) {
  await page.goto('/o/yunwu/admin/people')
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('row', { name: new RegExp(name) }).getByRole('button').last().click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('Mara owns a group; Shen disables her and is told before what happens and until when', async () => {
  ;[group] = await owned(mara.page)
  assert.ok(group, 'the demo gives Mara a group')
  await mara.page.goto(`/o/yunwu/messages/${group.id}`)
  await mara.page.getByRole('log').waitFor()
  const { page } = shen
  await menu(page, 'Mara Whitcombe', zh('Disable'))
  const question = page.getByRole('alertdialog')
  await question.waitFor()
  await shen.shot('leaver-disable-zh')
  await shen.audit('before somebody is disabled')
  const began = Date.now()
  await question.getByRole('button', { name: zh('Disable'), exact: true }).click()
  await mara.page.waitForURL('**/sign-in**', { timeout: 5_000 })
  assert.ok(Date.now() - began < 5_000, 'gone from the open window in five seconds')
})

test('signing in tells Mara why', async () => {
  const { page } = mara
  await page.getByText(en('Your access to this organisation has ended. Ask an administrator.')).waitFor()
  await mara.shot('leaver-out-phone')
  await mara.audit('after the access ended')
  await page.getByRole('textbox').first().fill('mara')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText(en('An administrator has disabled this account for a while. Ask them if you think this is a mistake.')).waitFor()
})

test('what Mara had is listed, with who comes next, and handed over', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/leavers')
  const row = page.getByRole('row', { name: /Mara Whitcombe/ })
  await row.waitFor()
  await shen.shot('leavers-zh')
  await shen.audit('who is leaving')
  await row.getByRole('link').click()
  const thing = page.getByRole('article', { name: new RegExp(group.name) })
  const field = thing.getByRole('combobox')
  await field.waitFor()
  // Somebody is proposed, by a name that is looked up.
  await until(async () => (await field.inputValue()) !== '')
  await shen.shot('hand-over-zh')
  await shen.audit('a hand-over')
  await shen.fits('a hand-over')
  // Shen may be the one who is proposed; somebody else is told.
  const { things } = (await ask(page, 'GET', `/v1/hand-overs/${(await leaver(page)).id}`)).body
  const me = (await ask(page, 'GET', '/v1/me')).body.id
  const other = things.find((one) => one.thing_id === group.id).candidates.find((one) => one.id !== me)
  const successor = (await ask(page, 'GET', `/v1/members/${other.id}`)).body.name
  await field.fill(successor)
  await page.getByRole('option', { name: new RegExp(successor) }).first().click()
  await thing.getByRole('button', { name: new RegExp(zh('Hand over {title}').replace('{title}', '.*')) }).click()
  await page.getByRole('list', { name: zh('Handed over') }).getByText(successor).first().waitFor()
  const [person] = (await ask(page, 'GET', `/v1/members?query=${encodeURIComponent(successor)}`)).body.items
  const shown = (await ask(page, 'GET', `/v1/hand-overs/${(await leaver(page)).id}`)).body
  assert.equal(shown.done.find((one) => one.thing_id === group.id).successor_id, person.id)
})

const leaver = async (page) => (await ask(page, 'GET', '/v1/members?state=disabled')).body.items[0]

test('the rest goes all at once, or is skipped', async () => {
  const { page } = shen
  const all = page.getByRole('button', { name: new RegExp(zh('Hand over all {0}').replace('{0}', '\\d+')) })
  if (await all.isVisible()) await all.click()
  for (;;) {
    const skip = page.getByRole('list', { name: zh('Still theirs') }).getByRole('button', { name: new RegExp(zh('Skip {title}').replace('{title}', '.*')) }).first()
    if (!(await skip.isVisible())) break
    await skip.click()
    await page.getByText(zh('It stays as it is')).first().waitFor()
  }
  await page.goto('/o/yunwu/admin/leavers')
  const row = page.getByRole('row', { name: /Mara Whitcombe/ })
  await row.getByText(zh('nothing')).waitFor()
})

test('the successor owns the group and was told', async () => {
  const person = (await ask(shen.page, 'GET', `/v1/hand-overs/${(await leaver(shen.page)).id}`)).body.done.find((one) => one.thing_id === group.id)
  const { user_id: login } = (await ask(shen.page, 'GET', `/v1/members/${person.successor_id}`)).body
  await signIn(mara.page, login)
  assert.ok((await owned(mara.page)).some((one) => one.id === group.id))
  await mara.page.goto('/o/yunwu/notifications')
  await mara.page.getByText(en('A group is yours now.')).waitFor()
  await mara.shot('leaver-successor-phone')
  await mara.audit('what a successor is told')
})

test('Mara is let in again and finds herself a member of what was hers', async () => {
  await ask(mara.page, 'DELETE', '/v1/session')
  await menu(shen.page, 'Mara Whitcombe', zh('Let in again'))
  await shen.page.getByText(zh('{name} can sign in again').replace('{name}', '')).first().waitFor()
  await signIn(mara.page, 'mara')
  const found = (await ask(mara.page, 'GET', `/v1/conversations/${group.id}`)).body
  assert.equal(found.my.role, 'member')
})

// Just after the sign-in was read, while the page is put together, and when it stands but its socket may not be let in yet.
test('a window that is being opened while Mara is suspended arrives at the sign-in page too, which says why', async () => {
  const { page } = mara
  const { id } = (await ask(page, 'GET', '/v1/me')).body
  const reasons = page.getByText(en('Your access to this organisation has ended. Ask an administrator.')).or(page.getByText(en('You are not signed in here any more. If your access has ended, signing in says why.')))
  for (const delay of [100, 250, 500]) {
    await page.goto('/o/yunwu/messages')
    await page.getByRole('main').waitFor()
    await page.reload({ waitUntil: 'commit' })
    await page.waitForTimeout(delay)
    const began = Date.now()
    assert.equal((await ask(shen.page, 'POST', `/v1/members/${id}/suspend`, {})).status, 204)
    await page.waitForURL(/\/sign-in\?.*bye=(suspended|ended)/, { timeout: 5_000, waitUntil: 'commit' })
    assert.ok(Date.now() - began < 5_000, `gone in five seconds, ${delay} ms after it was opened`)
    await reasons.first().waitFor()
    await ask(shen.page, 'POST', `/v1/members/${id}/resume`, {})
    await signIn(page, 'mara')
  }
})

test('where people may leave by themselves Mara does, with her password, and is told what happens', async () => {
  await shen.page.goto('/o/yunwu/admin/organisation')
  await shen.page.getByText(zh('People may leave by themselves')).click()
  const { page } = mara
  await page.goto('/o/yunwu/settings/privacy')
  await press(page, en('Leave …'))
  const question = page.getByRole('alertdialog')
  await question.waitFor()
  await mara.shot('leave-phone')
  await mara.audit('before leaving')
  await question.getByRole('button', { name: en('Leave'), exact: true }).click()
  await page.locator('input[type=password]').fill(PASSWORD)
  await press(page, en('Continue'))
  // The socket may send her there as well: one way of going interrupts the other.
  await until(() => page.url().includes('/sign-in'))
  const { state, id } = (await ask(shen.page, 'GET', '/v1/members?state=leaving')).body.items[0]
  assert.equal(state, 'leaving')
  await shen.page.goto('/o/yunwu/notifications')
  await shen.page.getByText(zh('Has left, and is erased in 14 days. See what has to be handed over.')).first().click()
  await shen.page.waitForURL(`**/admin/leavers/${id}`)
})
