// Somebody without an account asks what is held of them; the organisation finds out who it is and answers in time (DSR-09, DSR-10, DSR-12).
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { start } from '../server.js'
import { chapters, press, signIn } from '../story.js'
import { speaks } from '../texts.js'

const zh = speaks('zh-CN')
const tw = speaks('zh-TW')
const ASKED = '请告诉我你们保存了我的哪些数据。'

let server, browser, lin, shen, mara, path, number
before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  lin = await open(browser, server, { language: 'zh-CN', size: PHONE, theme: 'dark' })
  shen = await open(browser, server, { language: 'zh-CN' })
  mara = await open(browser, server, { language: 'zh-TW' })
  await signIn(shen.page, 'shen')
  await signIn(mara.page, 'mara')
})
after(() => end(() => lin?.close(), () => shen?.close(), () => mara?.close(), () => browser?.close(), () => server?.stop()))

const test = chapters('privacy-request', () => ({ lin, shen, mara }))

test('Lin, who has no account, asks in Chinese on a phone; what is missing or unknown is said at its place', async () => {
  const { page } = lin
  await page.goto('/privacy/request?organisation=yunwo')
  await press(page, zh('Send the request'))
  await page.getByText(zh('This is needed.')).first().waitFor()
  await lin.audit('a request without words')
  await page.getByLabel(zh('Phone or e-mail')).fill('lin@example.org')
  await page.getByLabel(zh('In your words')).fill(ASKED)
  await press(page, zh('Send the request'))
  await page.getByText(zh('No organisation here has this short name.')).waitFor()
  await page.getByLabel(zh('Short name of the organisation')).fill('yunwu')
  await page.getByLabel(zh('Your name')).fill('林小满')
  await lin.fits('a request')
  await lin.shot('privacy-request-zh-phone-dark')
  await press(page, zh('Send the request'))
  path = new URL(await page.locator('code').textContent()).pathname
  await lin.audit('a request that was sent')
  await lin.shot('privacy-request-sent-zh-phone-dark')
  await page.goto(path)
  await page.getByText(ASKED).waitFor()
  number = (/[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('article header').textContent()) ?? [])[0]
  await lin.audit('a request that is followed')
})

test('an address that somebody made up leads nowhere', async () => {
  const { page } = mara
  await page.goto(`${path.slice(0, -4)}AAAA`)
  await page.getByRole('heading', { name: tw('There is no request at this address') }).waitFor()
  await mara.audit('no request')
  await mara.shot('privacy-request-none-zh-tw')
})

test('Shen sees it with its day, finds out who asks by what is held, and answers', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/requests')
  const row = page.getByRole('row', { name: /林小满/ })
  await row.waitFor()
  await shen.shot('privacy-requests')
  await shen.audit('the board of requests')
  await row.getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(ASKED).waitFor()
  // Nobody is answered before it is known who asks.
  assert.equal(await dialog.getByRole('button', { name: zh('Answer'), exact: true }).count(), 0)
  await shen.shot('privacy-request-open')
  await shen.audit('a request whose sender is unknown')
  await press(dialog, zh('It is known who asks'))
  await press(dialog, zh('Take it up'))
  await press(dialog, zh('Answer'))
  // In the language of whoever asked, with the number of the request.
  const answer = dialog.getByLabel(zh('What they read'))
  const draft = await answer.inputValue()
  assert.match(draft, /你好/)
  assert.ok(draft.includes(number), draft)
  await answer.fill(`${draft}\n\n我们已把副本交给你本人。`)
  await shen.shot('privacy-request-answer')
  await shen.audit('an answer')
  await press(dialog, zh('Send'))
  await dialog.getByText('我们已把副本交给你本人。').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText(zh('No requests here')).waitFor()
})

test('Lin reads the answer at her address, and the log says who did what, without a word of it', async () => {
  const { page } = lin
  await page.reload()
  await page.getByText('我们已把副本交给你本人。').waitFor()
  await lin.fits('an answer')
  await lin.shot('privacy-request-answered-zh-phone-dark')
  const log = await shen.page.evaluate(() => fetch('/v1/audit?limit=50', { headers: { 'tulou-organisation': 'yunwu' } }).then((answer) => answer.text()))
  assert.match(log, /requests\./)
  assert.doesNotMatch(log, /副本|哪些数据|林小满/)
})

test('a colleague without the grant is shown no request', async () => {
  const { page } = mara
  const asked = await page.evaluate(() => fetch('/v1/subject-requests', { headers: { 'tulou-organisation': 'yunwu' } }).then((answer) => answer.status))
  assert.equal(asked, 403)
})
