// Customers and others outside: added, found, shared, brought in; a code leads to a colleague; a device reads the directory
// (DIR-05, DIR-06, DIR-07, DIR-12, QR-01).
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test as nodeTest } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { start } from '../server.js'
import { speaks } from '../texts.js'

const PASSWORD = 'earthen walls, one roof'
const root = resolve(import.meta.dirname, '../..')
const encode = createRequire(join(root, 'web/package.json'))('qr').default
const en = speaks('en')
const zh = speaks('zh-CN')
const folder = mkdtempSync(join(tmpdir(), 'tulou-contacts-'))
const camera = join(folder, 'camera.y4m')

let server, browser, shen, mara, broken

before(async () => {
  server = await start({ demo: true })
  browser = await launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`)
  shen = await open(browser, server, { language: 'zh-CN' })
  mara = await open(browser, server, { language: 'en', size: PHONE })
  await Promise.all([signIn(shen.page, 'shen'), signIn(mara.page, 'mara')])
})
after(() => end(() => shen?.close(), () => mara?.close(), () => browser?.close(), () => server?.stop(), () => rmSync(folder, { recursive: true, force: true })))

const test = (name, tell) =>
  nodeTest(name, async () => {
    if (broken) throw new Error(`not told, since “${broken}” failed`)
    try {
      await tell()
    } catch (error) {
      broken = name
      await shen?.shot('contacts-failed-shen')
      await mara?.shot('contacts-failed-mara')
      throw error
    }
  })

async function signIn(page, login) {
  await page.goto('/sign-in')
  await page.getByRole('textbox').first().fill(login)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/o/yunwu/**')
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click()
const rows = (page, name) => page.getByRole('list', { name, exact: true }).getByRole('listitem')

test('Shen adds a customer, shares it, and Mara finds it on her phone by sound and by number', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/people')
  await page.getByRole('link', { name: zh('Contacts'), exact: true }).click()
  await press(page, zh('New contact'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: zh('Name'), exact: true }).fill('曾国平')
  await dialog.getByRole('textbox', { name: zh('Company') }).fill('海盐食品')
  await dialog.locator('input[type=tel]').first().fill('138 0013 8000')
  await dialog.getByRole('checkbox').first().press('Space')
  await shen.shot('contacts-new-zh')
  await shen.audit('a new contact')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
  await rows(page, zh('Contacts')).filter({ hasText: '曾国平' }).waitFor()
  await mara.page.goto('/o/yunwu/people/contacts')
  for (const typed of ['zgp', '0013', 'haiyan']) {
    await mara.page.getByRole('searchbox', { name: en('Search contacts') }).fill(typed)
    await rows(mara.page, en('Contacts')).filter({ hasText: '曾国平' }).waitFor()
  }
  await mara.audit('the contacts on a phone')
  await rows(mara.page, en('Contacts')).filter({ hasText: '曾国平' }).getByRole('link').click()
  const call = mara.page.getByRole('link', { name: en('Call {0}').replace('{0}', '+8613800138000') })
  await call.waitFor()
  assert.equal(await call.getAttribute('href'), 'tel:+8613800138000')
  assert.equal(await mara.page.locator('a[href="sms:+8613800138000"]').count(), 1)
  assert.equal(await mara.page.getByRole('button', { name: en('Delete') }).count(), 0, 'it is not hers')
  await mara.shot('contacts-card-phone')
})

test('a file with a wrong line is refused by its line, the mended one is brought in', async () => {
  const { page } = shen
  const file = (address) => Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kwame Ndiaye\r\nEMAIL:${address}\r\nEND:VCARD\r\n`)
  await press(page, zh('Import vCards'))
  const dialog = page.getByRole('dialog')
  const choose = async (address) => dialog.locator('input[type=file]').setInputFiles({ name: 'book.vcf', mimeType: 'text/vcard', buffer: file(address) })
  await choose('nobody')
  await dialog.getByText(/4.*EMAIL/).waitFor()
  assert.ok(await dialog.getByRole('button', { name: zh('Add them') }).isDisabled())
  await shen.audit('a wrong vCard')
  await choose('k@example.org')
  await dialog.getByText('Kwame Ndiaye').waitFor()
  await press(page, zh('Add them'))
  await dialog.waitFor({ state: 'detached' })
  await rows(page, zh('Contacts')).filter({ hasText: 'Kwame Ndiaye' }).waitFor()
})

test('the list of the device is opened only after an agreement, which can be taken back', async () => {
  const { page } = mara
  await page.goto('/o/yunwu/people/contacts')
  assert.equal(await page.getByRole('button', { name: en('From this device') }).count(), 0, 'this browser has no such list')
  // A browser that has one: what it gives is what its own window gave.
  await mara.context.addInitScript(() => {
    Object.defineProperty(navigator, 'contacts', { value: { select: async () => [{ name: ['何叔'], tel: ['139 1111 2222', 'x'], email: [] }] } })
  })
  await page.reload()
  await press(page, en('From this device'))
  await mara.audit('before the list of the device')
  await mara.shot('contacts-device-phone')
  await press(page, en('Agree'))
  await press(page, en('Choose contacts'))
  await page.getByText(en('Some things were left out.')).waitFor()
  await page.keyboard.press('Escape')
  await rows(page, en('Contacts')).filter({ hasText: '何叔' }).waitFor()
  await page.goto('/o/yunwu/settings/privacy')
  await page.getByRole('button', { name: /^Take back: / }).click()
  await page.getByText(/^Taken back\./).waitFor()
})

/** A film of one picture: the code, as a camera sees it. */
function film(text) {
  const [width, height] = [640, 480]
  const dots = encode(text, 'raw', { ecc: 'medium', border: 4 })
  const dot = Math.floor(height / dots.length)
  const light = Buffer.alloc(width * height, 235)
  for (const [y, row] of dots.entries()) {
    for (const [x, isDark] of row.entries()) {
      for (let line = 0; isDark && line < dot; line++) light.fill(16, (y * dot + line) * width + x * dot, (y * dot + line) * width + (x + 1) * dot)
    }
  }
  const picture = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  writeFileSync(camera, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), ...Array.from({ length: 10 }, () => picture)]))
}

test('Mara scans the code that Shen shows, and can write to Shen at once; to a stranger it says nothing', async () => {
  const { page } = shen
  await press(page, zh('My contact code'))
  await page.getByRole('img', { name: zh('My contact code') }).waitFor()
  await shen.shot('contacts-code-zh')
  await shen.audit('the contact code')
  const { link } = await page.evaluate(async () => (await fetch('/v1/contact-code', { headers: { 'tulou-organisation': 'yunwu' } })).json())
  film(link)
  await mara.page.goto('/o/yunwu/people/contacts')
  await press(mara.page, en('Scan a code'))
  await mara.audit('before the camera')
  await press(mara.page, en('Open the camera'))
  await mara.page.waitForURL('**/card/**')
  await mara.page.getByRole('link', { name: en('Start a chat') }).waitFor()
  await mara.audit('whom the code leads to')
  await mara.shot('contacts-code-opened-phone')
  await mara.page.getByRole('link', { name: en('Start a chat') }).click()
  await mara.page.waitForURL('**/messages/**')
  const stranger = await open(browser, server, { language: 'en' })
  await stranger.page.goto(link)
  await stranger.page.getByRole('heading', { name: en('This is a contact code') }).waitFor()
  assert.ok(!(await stranger.page.content()).includes('沈'))
  await stranger.audit('a code, seen by a stranger')
  await stranger.shot('contacts-code-stranger')
  await stranger.close()
  await press(page, zh('Make a new one'))
  await page.getByText(zh('The codes from before lead nowhere now')).waitFor()
  await page.keyboard.press('Escape')
  await mara.page.goto(link)
  await mara.page.getByRole('heading', { name: en('This code leads nowhere') }).waitFor()
})

/** Runs the CardDAV client nobody here wrote. */
function vdirsyncer(...words) {
  const program = spawnSync(join(root, 'scripts/vdirsyncer'), { encoding: 'utf8' }).stdout.trim()
  return spawnSync(program, ['-c', join(folder, 'vdirsyncer.ini'), ...words], { encoding: 'utf8', input: 'y\n'.repeat(8) })
}

test('the address book of a device reads what Shen sees, until the password is revoked', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/settings/address-books')
  await press(page, zh('New password'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Laptop')
  await dialog.locator('button[type=submit]').click()
  await dialog.locator('code').first().waitFor()
  await shen.audit('a new password')
  const [url, user, password] = await dialog.locator('code').allTextContents()
  await press(page, zh('Done'))
  const ini = `[general]\nstatus_path = "${folder}/status"\n[pair book]\na = "here"\nb = "tulou"\ncollections = ["from b"]\nconflict_resolution = "b wins"\n`
    + `[storage here]\ntype = "filesystem"\npath = "${folder}/books"\nfileext = ".vcf"\n`
    + `[storage tulou]\ntype = "carddav"\nurl = "${url}"\nusername = "${user}"\npassword = "${password}"\nread_only = true\n`
  writeFileSync(join(folder, 'vdirsyncer.ini'), ini)
  const found = vdirsyncer('discover')
  assert.equal(found.status, 0, found.stdout + found.stderr)
  const synced = vdirsyncer('sync')
  assert.equal(synced.status, 0, synced.stdout + synced.stderr)
  const cards = (book) => readdirSync(join(folder, 'books', book)).map((name) => readFileSync(join(folder, 'books', book, name), 'utf8'))
  const active = await page.evaluate(async () => (await (await fetch('/v1/members/count', { headers: { 'tulou-organisation': 'yunwu' } })).json()).count)
  assert.equal(cards('people').length, active)
  assert.ok(cards('people').some((card) => card.includes('FN:Mara')))
  assert.deepEqual(cards('contacts').map((card) => /FN:(.*)\r?\n/.exec(card)[1]).sort(), ['Kwame Ndiaye', '曾国平'])
  // What is deleted here goes there too.
  await page.goto('/o/yunwu/people/contacts')
  await rows(page, zh('Contacts')).filter({ hasText: 'Kwame' }).getByRole('link').click()
  await press(page, zh('Delete'))
  await page.getByRole('alertdialog').getByRole('button', { name: zh('Delete') }).click()
  await page.getByText(zh('Contact deleted')).waitFor()
  const again = vdirsyncer('sync', '--force-delete')
  assert.equal(again.status, 0, again.stdout + again.stderr)
  assert.equal(cards('contacts').length, 1)
  await page.goto('/o/yunwu/settings/address-books')
  await shen.shot('address-books-zh')
  await page.getByRole('button', { name: /Laptop/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: zh('Revoke') }).click()
  await page.getByText(zh('Password revoked')).waitFor()
  assert.notEqual(vdirsyncer('sync').status, 0, 'the device is let in no more')
})
