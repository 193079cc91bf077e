// An owner asks to dissolve the organisation, a second one approves: nobody comes in, sixty days are said, and an owner brings it back (ORG-09).
import assert from 'node:assert/strict'
import { PHONE } from '../browser.js'
import { PASSWORD, ask, press, several, signIn } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')
const DAY = 86_400_000

let shen, he, mara
const looks = { shen: { language: 'zh-CN' }, he: { language: 'zh-CN', theme: 'dark' }, mara: { language: 'en', size: PHONE } }
const test = several('dissolving', looks, (windows) => ({ shen, he, mara } = windows))

/** What stands there before and after the name of somebody or something, or a time. */
const around = (text) => new RegExp(text.split(/\{\w+\}/).map((part) => part.replace(/[.?]/g, '\\$&')).join('.*'))

async function typesThePassword(page) {
  await page.locator('input[type=password]').fill(PASSWORD)
  await press(page, zh('Continue'))
}

test('Shen asks: is told what happens, types the name and the password', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/organisation')
  const section = page.getByRole('region', { name: zh('Dissolve the organisation') })
  await section.getByText('48', { exact: true }).waitFor()
  await press(section, zh('Dissolve …'))
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: zh('Name of the organisation') })
  await name.fill('云坞')
  await press(dialog, zh('Ask for it'))
  await dialog.getByText(zh('That is not the name of the organisation.')).waitFor()
  await shen.shot('dissolve-ask-zh')
  await shen.audit('before it is asked for')
  await name.fill('云坞集团')
  await press(dialog, zh('Ask for it'))
  await typesThePassword(page)
  await dialog.first().waitFor({ state: 'detached' })
  await section.getByText(around(zh('This was asked for. A second administrator decides until {due}.'))).waitFor()
  await section.scrollIntoViewIfNeeded()
  await shen.shot('dissolve-waits-zh')
  await shen.audit('a dissolution that waits')
})

test('He, whom the bell calls, approves: nobody is in it any more', async () => {
  const { page } = he
  await page.goto('/o/yunwu/notifications')
  await page.getByRole('link', { name: new RegExp(zh('A sensitive act')) }).first().click()
  const act = page.getByRole('article').filter({ hasText: around(zh('Dissolve the organisation, with {0} in it')) })
  await act.waitFor()
  await he.shot('dissolve-decide-zh-dark')
  await he.audit('a dissolution to decide about')
  await press(act, zh('Approve'))
  await press(page.getByRole('alertdialog'), zh('Approve'))
  await typesThePassword(page)
  await Promise.all([shen, he, mara].map((one) => one.page.waitForURL(/\/suspended\?organisation=yunwu$/)))
})

test('all are told until when it can be brought back; only the owner can', async () => {
  const place = async ({ page }) => (await ask(page, 'GET', '/v1/session')).body.organisations.find((one) => one.slug === 'yunwu')
  const ends = Date.parse((await place(shen)).dissolves_at)
  assert.ok(Math.abs(ends - Date.now() - 60 * DAY) < 5 * 60_000, 'sixty days of twenty-four hours')
  await shen.page.getByText(around(zh('Nobody comes in any more. Until {until} you can bring it back, and everything is as it was. After that it is erased for good, for everybody.'))).waitFor()
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(ends)
  await mara.page.getByText(day).waitFor()
  for (const [one, say] of [[he, zh], [mara, en]]) {
    await one.page.getByText(around(say('Nobody comes in any more. Until {until} its owners can bring it back: ask them if you think this is a mistake. After that it is erased for good, for everybody.'))).waitFor()
    assert.equal(await one.page.getByRole('button', { name: around(say('Bring the organisation back: {name}')) }).count(), 0)
    assert.equal((await ask(one.page, 'DELETE', '/v1/organisation/dissolution')).body.code, 'hosting.organisation_dissolving')
  }
  assert.equal((await ask(shen.page, 'GET', '/v1/members')).body.code, 'hosting.organisation_dissolving')
  await shen.page.getByRole('button', { name: around(zh('Bring the organisation back: {name}')) }).waitFor()
  for (const [one, name] of [[shen, 'dissolving-owner-zh'], [he, 'dissolving-zh-dark'], [mara, 'dissolving-phone']]) {
    await one.shot(name)
    await one.audit(name)
    await one.fits(name)
  }
})

test('Shen signs in again, brings it back with the password, and all go on where they were', async () => {
  const { page } = shen
  await press(page, zh('Sign out'))
  await page.waitForURL('**/sign-in**')
  await signIn(page, 'shen', { arrives: '**/suspended**' })
  await page.getByRole('button', { name: around(zh('Bring the organisation back: {name}')) }).click()
  await typesThePassword(page)
  await page.waitForURL('**/o/yunwu/**')
  await page.goto('/o/yunwu/admin/audit')
  const lines = page.getByRole('table')
  for (const said of ['Organisation is being dissolved', 'Organisation brought back']) await lines.getByText(zh(said)).first().waitFor()
  await shen.shot('dissolved-and-back-zh')
  await press(mara.page, en('Look again'))
  await mara.page.waitForURL('**/o/yunwu/**')
  await press(he.page, zh('Look again'))
  await he.page.waitForURL('**/o/yunwu/**')
  assert.equal((await ask(he.page, 'GET', '/v1/members/count')).body.count, 48)
})
