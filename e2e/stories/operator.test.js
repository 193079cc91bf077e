// Whoever runs the server: a further organisation, one that is verified by a document, one that is shut while its windows are open (ORG-05).
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { choose, enterConsole, found } from '../operator.js'
import { start } from '../server.js'
import { chapters, press, signIn } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')
/** Two organisations share the server: a user ID alone does not say whose it is. */
const ASKED = '/sign-in?organisation=yunwu'
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')

let server, browser, olga, shen, mara, code
before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  olga = await open(browser, server)
  shen = await open(browser, server, { language: 'zh-CN', theme: 'dark' })
  mara = await open(browser, server, { size: PHONE })
})
after(() => end(() => olga?.close(), () => shen?.close(), () => mara?.close(), () => browser?.close(), () => server?.stop()))

const test = chapters('operator', () => ({ olga, shen, mara }))

test('Olga is made an operator on the machine, and chooses a password of her own', async () => {
  const { page } = olga
  await enterConsole({ page, say: en }, server, 'olga', async () => {
    await olga.shot('operator-sign-in')
    await olga.audit('the sign-in of operators')
  })
  const row = page.getByRole('row', { name: /yunwu/ })
  assert.match(await row.textContent(), /48/, 'how many, not who')
  // The console's cookie opens nothing of an organisation.
  const asked = await page.evaluate(() => fetch('/v1/members', { headers: { 'tulou-organisation': 'yunwu' } }).then((answer) => answer.status))
  assert.equal(asked, 401)
})

test('she hands out a code, with which a further organisation is founded', async () => {
  const { page } = olga
  await press(page, en('New organisation'))
  await press(page.getByRole('dialog'), en('Make a code'))
  code = (await page.getByRole('dialog').locator('code').textContent()).trim()
  await olga.audit('a code')
  await page.keyboard.press('Escape')
  await found(mara.page, code)
  await mara.context.clearCookies()
  await page.reload()
  await page.getByRole('row', { name: /hakka/ }).waitFor()
})

test('Shen adds a document in Chinese and asks to be verified', async () => {
  const { page } = shen
  await signIn(page, 'shen', { from: ASKED })
  await page.goto('/o/yunwu/admin/organisation')
  const section = page.getByRole('group', { name: zh('Documents') })
  await section.waitFor()
  await page.locator('input[type=file][accept*=pdf]').setInputFiles({ name: '假的.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>alert(1)</script>') })
  await page.getByText(zh('This file is no PDF, JPEG or PNG.')).waitFor()
  await page.locator('input[type=file][accept*=pdf]').setInputFiles({ name: '营业执照.pdf', mimeType: 'application/pdf', buffer: PDF })
  await section.getByText('营业执照.pdf').waitFor()
  await page.getByLabel(zh('Full legal name')).fill('云坞集团有限公司')
  await page.getByLabel(zh('Registration number')).fill('91330100MA27XYZ00A')
  await shen.shot('verification-zh-dark')
  await shen.audit('before it is asked')
  await shen.fits('before it is asked')
  await press(page, zh('Ask to be verified'))
  await page.getByRole('button', { name: zh('Withdraw the request'), exact: true }).waitFor()
})

test('Olga opens the document and verifies; the mark stands beside the name, and the log says who looked', async () => {
  const { page } = olga
  await page.reload()
  await choose(olga.page, /yunwu/, en('Verification'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText('91330100MA27XYZ00A').waitFor()
  await olga.shot('operator-verification')
  await olga.audit('a request')
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', { name: /营业执照/ }).click()])
  assert.match(download.suggestedFilename(), /营业执照\.pdf$/)
  await press(dialog, en('Verify'))
  await dialog.waitFor({ state: 'detached' })
  await shen.page.getByRole('img', { name: zh('Verified') }).waitFor()
  await shen.page.goto('/o/yunwu/admin/audit')
  await shen.page.getByRole('table').getByText(zh('Document for verification opened by the operator')).first().waitFor()
})

test('she limits the organisation to those who are there', async () => {
  const { page } = olga
  await choose(olga.page, /yunwu/, en('Limits'))
  await page.getByLabel(en('Most people')).fill('48')
  await olga.audit('limits')
  await press(page.getByRole('dialog'), en('Save'))
  await page.getByRole('row', { name: /yunwu/ }).getByText(en('of {most}').replace('{most}', '48')).waitFor()
  const added = await shen.page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'tulou-organisation': 'yunwu' }
    const answer = await fetch('/v1/members', { method: 'POST', headers, body: JSON.stringify({ name: '新人', user_id: 'xinren', department_ids: [], role: 'member' }) })
    return (await answer.json()).code
  })
  assert.equal(added, 'hosting.people_limit')
})

test('she suspends it: the open windows close within five seconds and say whom to ask', async () => {
  const { page } = olga
  await signIn(mara.page, 'mara', { from: ASKED })
  await choose(olga.page, /yunwu/, en('Suspend'))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en('Reason')).fill('The bill of October is not paid')
  await olga.shot('operator-suspend')
  await olga.audit('before it is suspended')
  const began = Date.now()
  await press(dialog, en('Suspend'))
  await Promise.all([shen, mara].map((one) => one.page.waitForURL(/\/suspended\?organisation=yunwu$/, { timeout: 5_000 })))
  assert.ok(Date.now() - began < 5_000, 'gone from the open windows in five seconds')
  const said = (speak) => speak('Whoever runs this server lets nobody into it for now. Nothing was deleted. Ask the administrators of your organisation; they ask whoever runs {0}.').split('{0}')[0]
  await shen.page.getByText(said(zh)).waitFor()
  await mara.page.getByText(said(en)).waitFor()
  await shen.shot('suspended-zh-dark')
  await shen.audit('a suspended organisation')
  await mara.shot('suspended-phone')
  await mara.audit('a suspended organisation on a phone')
  await page.getByRole('row', { name: /yunwu/ }).getByText(/The bill of October/).waitFor()
  await olga.shot('operator-organisations')
  await olga.audit('the organisations')
  await page.setViewportSize(PHONE)
  await olga.shot('operator-organisations-phone')
  await olga.fits('the organisations on a phone')
})

test('she resumes it, and they go on where they were', async () => {
  await choose(olga.page, /yunwu/, en('Resume'))
  await press(shen.page, zh('Look again'))
  await shen.page.waitForURL('**/o/yunwu/**')
  await shen.page.getByRole('img', { name: zh('Verified') }).waitFor()
})
