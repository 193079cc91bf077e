// Two organisations of a server have to do with each other: asked, accepted, seen by those who may speak, ended (XORG-02, XORG-03). And
// what the law makes the operator hand over is written down where the organisation reads it (ORG-07).
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { admin, choose, enterConsole, found } from '../operator.js'
import { start } from '../server.js'
import { ask, chapters, press, signIn } from '../story.js'
import { speaks } from '../texts.js'

const en = speaks('en')
const zh = speaks('zh-CN')
const PDF = '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'

let server, browser, olga, lee, shen, mara
before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  olga = await open(browser, server)
  lee = await open(browser, server, { theme: 'dark' })
  shen = await open(browser, server, { language: 'zh-CN' })
  mara = await open(browser, server, { size: PHONE })
})
after(() => end(() => olga?.close(), () => lee?.close(), () => shen?.close(), () => mara?.close(), () => browser?.close(), () => server?.stop()))

const test = chapters('peers', () => ({ olga, lee, shen, mara }))

/** Shows a document and asks to be verified. */
async function asksToBeVerified({ page }, organisation, legal_name, registration_number) {
  const headers = { 'tulou-organisation': organisation }
  const added = await page.evaluate(
    async ([headers, body]) => (await fetch('/v1/verification/documents?name=licence.pdf', { method: 'POST', headers: { 'content-type': 'application/octet-stream', ...headers }, body })).status,
    [headers, PDF],
  )
  assert.equal(added, 201)
  const asked = await ask(page, 'POST', '/v1/verification/request', { legal_name, registration_number }, headers)
  assert.ok(asked.status < 300, JSON.stringify(asked.body))
}

/** A button about an organisation, whatever it is called. */
const about = (text) => new RegExp(text.split(/\{\w+\}/).join('.*'))

const contacts = async ({ page }) => (await ask(page, 'GET', '/v1/peer-contacts')).status

test('Olga verifies the demo company and Hakka Works, which share the server', async () => {
  const { page } = olga
  await found(lee.page, admin(server, 'setup-code').split('\n')[0].trim())
  for (const [one, login] of [[shen, 'shen'], [mara, 'mara']]) await signIn(one.page, login, { from: '/sign-in?organisation=yunwu' })
  await asksToBeVerified(shen, 'yunwu', '云坞集团有限公司', '91330100MA27XYZ00A')
  await asksToBeVerified(lee, 'hakka', 'Hakka Works Ltd', '91350800MA32XYZ00B')
  await enterConsole({ page, say: en }, server, 'olga')
  for (const name of [/yunwu/, /hakka/]) {
    await choose(page, name, en('Verification'))
    await press(page.getByRole('dialog'), en('Verify'))
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('row', { name }).getByText(en('verified'), { exact: true }).waitFor()
  }
})

test('Shen asks Hakka Works, by its short name, and says whom they will see', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/peers')
  await page.getByRole('heading', { name: zh('No peer organisations yet') }).waitFor()
  await shen.shot('peers-none-zh')
  await press(page, zh('Ask an organisation'))
  const dialog = page.getByRole('dialog')
  const slug = dialog.getByRole('textbox', { name: zh('Short name of the organisation') })
  await slug.fill('nobody')
  await press(dialog, zh('Ask'))
  await dialog.getByText(zh('No verified organisation that can be asked signs in under this short name.')).waitFor()
  await slug.fill('hakka')
  await dialog.getByRole('textbox', { name: zh('Contact name') }).fill('何小满')
  await dialog.getByRole('textbox', { name: zh('Phone', 'of whoever is to be asked for') }).fill('+86 138 0013 8000')
  await shen.shot('peers-ask-zh')
  await shen.audit('asking an organisation')
  await press(dialog, zh('Ask'))
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('listitem', { name: /Hakka Works/ }).getByText(zh('Waiting for their answer')).waitFor()
})

test('the bell calls Lee, who accepts and shows somebody too', async () => {
  const { page } = lee
  await page.goto('/o/hakka/notifications')
  await page.getByRole('link', { name: new RegExp(en('A peer organisation')) }).click()
  const row = page.getByRole('listitem', { name: /Yunwu Group/ })
  await row.getByText(en('Asks you')).waitFor()
  assert.equal(await row.getByText('何小满').count(), 0, 'before they are connected nobody is shown')
  await lee.shot('peers-asked-dark')
  await lee.audit('an organisation that asks')
  await row.getByRole('button', { name: about(en('Accept {name}…')) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: en('Contact name') }).fill('Lee Ang')
  await dialog.getByRole('textbox', { name: en('E-mail') }).fill('partners@hakka.example')
  await lee.shot('peers-accept-dark')
  await lee.audit('accepting an organisation')
  await press(dialog, en('Accept'))
  await dialog.waitFor({ state: 'detached' })
  await row.getByText('何小满 · +8613800138000').waitFor()
  // Shen's page has not been touched.
  const theirs = shen.page.getByRole('listitem', { name: /Hakka Works/ })
  await theirs.getByText(zh('Connected'), { exact: true }).waitFor()
  await theirs.getByText('Lee Ang · partners@hakka.example').waitFor()
})

test('Mara finds Hakka Works beside her contacts once her department may speak; nobody else does', async () => {
  const section = (one, say) => one.page.getByRole('region', { name: say('Peer organisations') })
  await mara.page.goto('/o/yunwu/people/contacts')
  await mara.page.getByRole('searchbox', { name: en('Search contacts') }).waitFor()
  assert.equal(await contacts(mara), 404, 'nobody may at first')
  const { page } = shen
  const speakers = page.getByRole('region', { name: zh('Who may speak with peers') })
  await speakers.getByRole('radio', { name: zh('Only some') }).click({ force: true })
  await press(speakers, zh('Save'))
  await speakers.getByText(zh('Choose at least one department, group or person.')).waitFor()
  await speakers.getByRole('combobox', { name: zh('Departments, with those below') }).fill('emea')
  await page.getByRole('option', { name: /EMEA Sales/ }).first().click()
  await press(speakers, zh('Save'))
  await page.getByText(zh('Saved'), { exact: true }).first().waitFor()
  await shen.shot('peers-speakers-zh')
  await shen.audit('the peers, and who may speak')
  await shen.fits('the peers, and who may speak')
  await section(mara, en).getByText('Hakka Works').waitFor()
  await section(mara, en).getByRole('link', { name: 'partners@hakka.example' }).waitFor()
  await mara.shot('peers-contacts-phone')
  await mara.audit('peers beside the contacts')
  await mara.fits('peers beside the contacts')
  assert.deepEqual([await contacts(mara), await contacts(shen)], [200, 404], 'who keeps the list does not stand on it')
  await page.goto('/o/yunwu/people/contacts')
  await page.getByRole('searchbox', { name: zh('Search contacts') }).waitFor()
  assert.equal(await section(shen, zh).count(), 0)
})

test('Lee ends it, and on both sides there is nothing left of it but a line in the log', async () => {
  const { page } = lee
  await shen.page.goto('/o/yunwu/admin/peers')
  await shen.page.getByRole('listitem', { name: /Hakka Works/ }).waitFor()
  await page.getByRole('button', { name: about(en('End the connection with {name}…')) }).click()
  await lee.audit('before it is ended')
  await press(page.getByRole('alertdialog'), en('End the connection'))
  await page.getByRole('heading', { name: en('No peer organisations yet') }).waitFor()
  await shen.page.getByRole('heading', { name: zh('No peer organisations yet') }).waitFor()
  await mara.page.getByRole('region', { name: en('Peer organisations') }).waitFor({ state: 'detached' })
  assert.deepEqual((await ask(mara.page, 'GET', '/v1/peer-contacts')).body.items, [])
  await shen.page.goto('/o/yunwu/notifications')
  await shen.page.getByText(zh('An organisation has ended the connection with yours.')).waitFor()
  await shen.page.goto('/o/yunwu/admin/audit')
  await shen.page.getByRole('table').getByText(zh('Connection with a peer organisation changed')).first().waitFor()
})

test('Olga writes down what an authority was given of the demo company, which reads it and is told', async () => {
  const { page } = olga
  await choose(page, /yunwu/, en('Verification'))
  const dialog = page.getByRole('dialog')
  await press(dialog, en('Record a disclosure to an authority…'))
  await dialog.getByLabel(en('To which authority, or to whom it named')).fill('杭州市公安局')
  await dialog.getByLabel(en('Legal ground and number of the order')).fill('Cybersecurity Law, article 28; order 2026-118')
  await press(dialog, en('Record'))
  await dialog.getByText(en('Choose what was handed over.')).waitFor()
  await dialog.getByRole('checkbox', { name: en('Documents') }).press('Space')
  await olga.shot('disclosure-record')
  await olga.audit('recording a disclosure')
  await press(dialog, en('Record'))
  await dialog.getByRole('list', { name: en('Disclosed to authorities') }).getByText('杭州市公安局').waitFor()
  await press(dialog, en('Correct…'))
  await dialog.getByLabel(en('Legal ground and number of the order')).fill('Cybersecurity Law, article 28; order 2026-181')
  await press(dialog, en('Record'))
  await dialog.getByText(en('A later record corrects this one.')).waitFor()
  await olga.shot('disclosures-operator')
  await olga.audit('what was disclosed')
  await page.keyboard.press('Escape')
})

test('its owner reads it under the verification and in the log; the other organisation has none', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/notifications')
  await page.getByRole('link').filter({ hasText: zh('The law made whoever runs this server hand something about your organisation to an authority. Read what it was under Verification.') }).first().click()
  const list = page.getByRole('list', { name: zh('Disclosed to authorities') })
  await list.getByText('order 2026-181').waitFor()
  await list.getByText(zh('A later record corrects this one.')).waitFor()
  await list.scrollIntoViewIfNeeded()
  await shen.shot('disclosures-zh')
  await shen.audit('what was disclosed, for the organisation')
  await shen.fits('what was disclosed, for the organisation')
  await page.goto('/o/yunwu/admin/audit')
  await page.getByRole('table').getByText(zh('Verification data disclosed by the operator')).first().waitFor()
  const disclosures = async (one, organisation) => (await ask(one.page, 'GET', '/v1/verification', undefined, { 'tulou-organisation': organisation })).body.request?.disclosures?.length ?? 0
  assert.deepEqual([await disclosures(shen, 'yunwu'), await disclosures(mara, 'yunwu'), await disclosures(lee, 'hakka')], [2, 0, 0])
})
