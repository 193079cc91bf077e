// Shen announces something to a department and asks to have it confirmed; Mara does, on her phone; who is outside hears nothing (KNW-01).
import assert from 'node:assert/strict'
import { PHONE } from '../browser.js'
import { ask, press, several } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')
const TITLE = 'Fire drill on Thursday at ten'

let shen, mara, lu
const looks = { shen: { language: 'zh-CN' }, mara: { language: 'en', size: PHONE }, lu: { language: 'zh-CN', theme: 'dark' } }
const test = several('announcements', looks, (windows) => ({ shen, mara, lu } = windows))

const card = ({ page }) => page.getByRole('article').filter({ hasText: TITLE })
const banner = ({ page }, say) => page.getByRole('region', { name: say('Announcement') })
const row = () => shen.page.getByRole('row').filter({ hasText: TITLE })

/** Chooses something for the announcement. */
async function choose(item) {
  await row().getByRole('button').click()
  await shen.page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('Shen writes to the department of Mara, and wants to know who has read it', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/announcements')
  await page.getByRole('heading', { name: zh('Nothing was announced yet') }).waitFor()
  await shen.shot('announcements-none-zh')
  await press(page, zh('New announcement'))
  const dialog = page.getByRole('dialog')
  await press(dialog, zh('Publish'))
  await dialog.getByText(zh('This is needed.')).first().waitFor()
  await dialog.getByRole('textbox', { name: zh('Title', 'of an announcement') }).fill(TITLE)
  await dialog.getByRole('textbox', { name: zh('Text', 'of an announcement') }).fill('The alarm is a test. Leave by the nearest stairs and meet at the south gate.\nThe plan of the building: https://plans.example/south-gate.')
  await dialog.getByRole('radio', { name: new RegExp(zh('Some departments')) }).click({ force: true })
  await dialog.getByRole('combobox', { name: zh('Departments') }).fill('EMEA Sales')
  await page.getByRole('option', { name: /^EMEA Sales/ }).first().click()
  await dialog.getByRole('checkbox', { name: new RegExp(zh('People have to confirm that they have read it')) }).press('Space')
  await dialog.getByRole('region', { name: zh('Preview') }).getByRole('link', { name: 'https://plans.example/south-gate', exact: true }).waitFor()
  await shen.shot('announcement-new-zh')
  await shen.audit('a new announcement')
  await press(dialog, zh('Publish'))
  await dialog.waitFor({ state: 'detached' })
  await row().getByText('EMEA Sales').waitFor()
  await row().getByText(reached(0)).waitFor()
})

/** Five people are in the department. */
const reached = (read) => zh('{read} of {all} read').replace('{read}', read).replace('{all}', '5')

test('it stands at the top of what Mara looks at, until she has read it where its text is', async () => {
  const { page } = mara
  await banner(mara, en).getByText(TITLE).waitFor()
  assert.equal(await banner(mara, en).getByRole('button').count(), 0, 'what must be confirmed is not just closed')
  await mara.shot('announcement-banner-phone')
  await mara.audit('an announcement at the top')
  await banner(mara, en).getByRole('link', { name: en('Read it') }).click()
  await page.waitForURL('**/o/yunwu/announcements')
  await card(mara).getByText(en('to be confirmed')).waitFor()
  await mara.shot('announcements-phone')
  await mara.audit('an announcement to confirm')
  await mara.fits('an announcement to confirm')
  await press(card(mara), en('Got it'))
  await card(mara).getByText(en('confirmed'), { exact: true }).waitFor()
  await page.goto('/o/yunwu/people')
  await page.getByRole('heading').first().waitFor()
  await banner(mara, en).waitFor({ state: 'detached' })
})

test('Shen sees that one of five has, and who has not', async () => {
  const { page } = shen
  await page.reload()
  await row().getByText(reached(1)).waitFor()
  await row().getByText(zh('{confirmed} confirmed').replace('{confirmed}', '1')).waitFor()
  await shen.shot('announcements-written-zh')
  await shen.audit('what was announced')
  await choose(zh('Who has not confirmed'))
  const dialog = page.getByRole('dialog')
  const names = dialog.getByRole('list').getByRole('listitem')
  await names.filter({ hasText: 'Elliot Marsh' }).waitFor()
  assert.equal(await names.count(), 4)
  assert.equal(await names.filter({ hasText: 'Mara' }).count(), 0)
  await shen.shot('announcement-unconfirmed-zh')
  await shen.audit('who has not confirmed')
  await press(dialog, zh('Done'))
  assert.equal((await ask(mara.page, 'GET', '/v1/announcements/written')).status, 403, 'Mara announces nothing')
})

test('Lu, who loads lorries, never hears of it', async () => {
  const { page } = lu
  assert.equal(await banner(lu, zh).count(), 0)
  await page.goto('/o/yunwu/announcements')
  await page.getByRole('heading', { name: zh('No announcements') }).waitFor()
  await lu.shot('announcements-none-dark-zh')
  await lu.audit('no announcements')
  const [{ id }] = (await ask(mara.page, 'GET', '/v1/announcements')).body.items
  assert.equal((await ask(page, 'POST', `/v1/announcements/${id}/read`, { confirms: true, revision: 1 })).status, 404)
  const bells = async (one) => (await ask(one.page, 'GET', '/v1/notifications')).body.items.filter((bell) => bell.ref?.kind === 'announcements.announcement').length
  assert.deepEqual([await bells(mara), await bells(lu)], [1, 0])
})

test('another text is confirmed anew; what is withdrawn keeps its title for who has read it', async () => {
  const { page } = shen
  await choose(zh('Change'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: zh('Text', 'of an announcement') }).fill('The alarm is a test. Meet at the north gate.')
  await dialog.getByRole('checkbox', { name: new RegExp(zh('Ask those again who have read it')) }).press('Space')
  await press(dialog, zh('Save'))
  await dialog.waitFor({ state: 'detached' })
  await banner(mara, en).getByRole('link').click()
  await card(mara).getByText('Meet at the north gate.').waitFor()
  await press(card(mara), en('Got it'))
  await card(mara).getByText(en('confirmed'), { exact: true }).waitFor()
  await choose(zh('Withdraw', 'an announcement'))
  await press(page.getByRole('alertdialog'), zh('Withdraw', 'an announcement'))
  await row().getByText(zh('withdrawn', 'of an announcement'), { exact: true }).waitFor()
  await card(mara).getByText(en('withdrawn', 'of an announcement'), { exact: true }).waitFor()
  assert.equal(await card(mara).getByText('north gate').count(), 0)
  await mara.shot('announcement-withdrawn-phone')
  await mara.audit('a withdrawn announcement')
  for (const act of ['published', 'edited', 'withdrawn']) assert.equal((await ask(page, 'GET', `/v1/audit?name=announcements.announcement_${act}`)).body.items.length, 1, act)
})
