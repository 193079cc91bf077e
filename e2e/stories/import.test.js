// A day's work. A company of 20,000 arrives with its spreadsheet: tried, written, passwords taken once; two of its people come
// in, choose their own passwords, talk with a picture and a file of 300 MB over a line that breaks, and find both again; and a
// group begins in the directory (ACC-06, DIR-01, DIR-02, DIR-04, IM-06, IM-11, SRCH-01).
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { line } from '../line.js'
import { isInSight, isIndexed, openPalette, option } from '../palette.js'
import { kept } from '../reality.js'
import { longFile, png, sha256 } from '../samples.js'
import { start } from '../server.js'
import { PASSWORD, ask, chapters, log, press, signIn, until } from '../story.js'
import { speaks } from '../texts.js'

const OWN = 'a wall of one’s own choosing'
const PEOPLE = 20_000
const LONG_BYTES = 300 * 1000 * 1000
const en = speaks('en')
const zh = speaks('zh-CN')

const folder = mkdtempSync(join(tmpdir(), 'tulou-day-'))

let server, browser, wire, shen, zhou, joan, passwords

before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  shen = await open(browser, server, { language: 'zh-CN' })
  zhou = await open(browser, server, { language: 'zh-CN', size: PHONE })
  wire = await line(server.url, { bytesPerSecond: 40 * 1024 * 1024 })
  joan = await open(browser, { ...server, url: wire.url }, { language: 'en', theme: 'dark' })
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
  return end(...[shen, zhou, joan].map((window) => () => window?.close()), () => browser?.close(), () => wire?.close(), () => server?.stop())
})

const test = chapters('import', () => ({ shen, zhou, joan }))

/** As WeCom exports it: departments as paths, some people in two, some leading. Two of them will talk. */
function list() {
  const surnames = '王李张刘陈杨赵黄吴徐'
  const given = '伟芳娜敏静丽强磊洋勇艳杰'
  const rows = ['姓名,帐号,手机号,邮箱,部门,职务,工号,是否部门负责人']
  for (let n = 0; n < PEOPLE - 2; n += 1) {
    const name = surnames[n % 10] + given[Math.floor(n / 10) % 12] + given[Math.floor(n / 120) % 12]
    const second = n % 50 === 0 ? ';专项/粮仓' : ''
    rows.push(`${name},u${n},1380${String(n).padStart(7, '0')},u${n}@guild.example,事业部${n % 8}/组${n % 200}${second},工程师,GD-${String(n).padStart(5, '0')},${n < 200 ? 1 : 0}${second && ';0'}`)
  }
  rows.push('周砚秋,zhou.yanqiu,13955550001,zhou@guild.example,事业部0/组0,档案员,GD-90001,0', 'Joan Archer,joan,13955550002,joan@guild.example,事业部0/组0,Surveyor,GD-90002,0')
  return rows.join('\n')
}

test('20,000 people are tried, written and counted', async () => {
  const { page } = shen
  await signIn(page, 'shen')
  await page.goto('/o/yunwu/admin/people/import')
  await page.locator('input[type=file]').setInputFiles({ name: '通讯录.csv', mimeType: 'text/csv', buffer: Buffer.from(list()) })
  await page.waitForURL('**/people/import/*', { timeout: 60_000 })
  await page.getByRole('heading', { name: zh('What would happen') }).waitFor()
  await page.getByText('20,000').first().waitFor()
  await page.getByRole('table', { name: zh('People, one by one') }).waitFor()
  await page.getByRole('table', { name: zh('Departments, one by one') }).waitFor()
  await shen.shot('import-20000-tried-zh')
  await shen.audit('20,000 tried')
  await press(page, zh('Import'))
  await page.getByRole('progressbar').waitFor()
  await shen.shot('import-20000-writing-zh')
  await page.locator('#court').getByText(zh('The import is written.')).waitFor({ timeout: 120_000 })
  await shen.audit('20,000 written')
})

test('their initial passwords are downloaded once', async () => {
  const { page } = shen
  // Whoever left the page is told, and finds the import again.
  await page.goto('/o/yunwu/notifications')
  await page.getByRole('link', { name: zh('Your import of people') }).first().click()
  await page.locator('#court').getByText(zh('The import is written.')).waitFor()
  await page.goto('/o/yunwu/admin/people/import')
  await page.getByRole('table', { name: zh('Your imports') }).getByRole('link').first().click()
  const arriving = page.waitForEvent('download')
  await press(page, zh('Download once'))
  const text = readFileSync(await (await arriving).path(), 'utf8')
  passwords = new Map(text.trim().split('\r\n').slice(1).map((line) => line.slice(1, -1).split('","')).map((cells) => [cells[2], cells[6]]))
  assert.equal(passwords.size, PEOPLE)
  await page.getByText(zh('The file was downloaded. Whoever lost their password gets a new one from you.')).waitFor()
  assert.equal(await page.getByRole('button', { name: zh('Download once') }).count(), 0)
  await shen.shot('import-20000-done-zh')
})

/** The first sign-in: the given password, once; one's own, the statement. */
async function arrive(window, login, say) {
  const { page } = window
  await signIn(page, login, { password: passwords.get(login), arrives: '**/welcome' })
  await page.getByLabel(say('New password')).fill(OWN)
  await page.locator('button[type=submit]').click()
  for (const box of [0, 1]) await page.getByRole('checkbox').nth(box).press('Space')
  await page.locator('button[type=submit]').click()
  await page.waitForURL('**/o/yunwu/**')
}

test('two of them come in, one on a phone in Chinese, one in English, and talk with a picture', async () => {
  await arrive(zhou, 'zhou.yanqiu', zh)
  await arrive(joan, 'joan', en)
  await joan.page.goto('/o/yunwu/people')
  await joan.page.getByRole('searchbox', { name: en('Search people') }).fill('zhouyanqiu')
  await joan.page.getByRole('list', { name: en('People') }).getByRole('link', { name: /周砚秋/ }).click()
  await joan.page.getByRole('region', { name: en('Person') }).getByRole('heading', { name: '周砚秋' }).waitFor()
  await joan.shot('people-card-en-dark')
  await joan.audit('card of a person, dark')
  await joan.page.getByRole('region', { name: en('Person') }).getByRole('link', { name: en('Message'), exact: true }).click()
  await log(joan.page).waitFor()
  await joan.page.locator('input[type=file]').first().setInputFiles({ name: 'survey.png', mimeType: 'image/png', buffer: png(900, 600, 90) })
  await joan.page.locator('textarea').last().fill('The granary, from the north')
  await press(joan.page, en('Send'))
  const { page } = zhou
  await page.goto('/o/yunwu/messages')
  await page.getByText('Joan Archer').first().click()
  const picture = log(page).locator('img[alt="survey.png"]')
  await picture.waitFor()
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle())
  await page.locator('textarea').last().fill('收到，粮仓的墙很直')
  await press(page, zh('Send'))
  await log(joan.page).getByText('收到，粮仓的墙很直').waitFor()
  await zhou.shot('import-talk-zh-phone')
})

test('a file of 300 MB survives a line that breaks twice and arrives whole on the phone, while they talk on', async () => {
  const { page } = joan
  const path = join(folder, 'east wall scan.bin')
  longFile(path, LONG_BYTES)
  await page.locator('input[type=file]').first().setInputFiles(path)
  await press(page, en('Send'))
  const share = () => page.evaluate(() => Number(document.querySelector('[role=log] [role=progressbar]')?.getAttribute('aria-valuenow') ?? 0))
  await until(async () => (await share()) >= 10)
  wire.cut()
  await log(page).getByRole('img', { name: en('{name} goes on when the connection is back').replace('{name}', 'east wall scan.bin') }).waitFor()
  await joan.shot('day-cut-en-dark')
  await page.locator('textarea').last().fill('The scan is on its way')
  await press(page, en('Send'))
  wire.mend()
  await log(zhou.page).getByText('The scan is on its way').waitFor({ timeout: 40_000 })
  // It goes on from where it was, and is cut once more.
  await until(async () => (await share()) >= 50)
  wire.cut()
  wire.mend()
  await log(zhou.page).getByTitle('east wall scan.bin').waitFor({ timeout: 180_000 })
  await zhou.shot('day-file-zh-phone')
  const arriving = zhou.page.waitForEvent('download')
  await log(zhou.page).getByRole('button', { name: zh('Download {0}').replace('{0}', 'east wall scan.bin') }).click()
  const download = await arriving
  assert.equal(await sha256(await download.path()), await sha256(path), 'other bytes arrived')
})

test('both find it again: words, picture and file, in Chinese on the phone and in English on the desk', async () => {
  for (const [window, say, words, said] of [[joan, en, '很直', '收到，粮仓的墙很直'], [zhou, zh, 'granar', 'The granary, from the north']]) {
    const searcher = { page: window.page, say }
    await isIndexed(window.page, words)
    await window.page.goto('/o/yunwu/people')
    await window.page.getByRole('list', { name: say('People') }).waitFor()
    for (const name of ['survey', 'east wall']) {
      await openPalette(searcher)
      await window.page.keyboard.type(name)
      await option(searcher, name).waitFor()
      await window.page.keyboard.press('Escape')
    }
    await openPalette(searcher)
    await window.page.keyboard.type(words)
    await option(searcher, said).click()
    await window.page.waitForURL(/messages\/[^/]+\?at=\d+$/)
    await isInSight(window.page, said)
  }
  await joan.shot('day-found-en-dark')
  await zhou.shot('day-found-zh-phone')
  await zhou.audit('found on a phone')
})

test('the list of 20,000 is walked from end to end by keyboard, and a group begins with whom one chooses', async () => {
  const { page } = joan
  await page.goto('/o/yunwu/people')
  const people = page.getByRole('list', { name: en('People') })
  const line = (place) => people.locator(`[data-place="${place}"]`)
  await line(0).focus()
  const total = Number(await people.getByRole('listitem').first().getAttribute('aria-setsize'))
  assert.ok(total > PEOPLE, `${total} people`)
  await page.keyboard.press('End')
  await line(total - 1).waitFor({ timeout: 60_000 })
  await page.waitForFunction((place) => document.activeElement?.getAttribute('data-place') === String(place), total - 1)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('2 people chosen').waitFor()
  await joan.shot('people-chosen-en-dark')
  await joan.audit('people chosen, dark')
  await press(page, en('Start a group'))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en('Name of the group')).fill('Granary')
  await press(page, en('Create the group'))
  await page.waitForURL('**/messages/*')
  await page.getByRole('heading', { name: 'Granary' }).first().waitFor()
  await joan.shot('people-group-en-dark')
})

test('people are cards too, on a phone they are chosen by touch, and a choice is remembered', async () => {
  const { page } = joan
  await page.goto('/o/yunwu/people')
  await page.getByRole('radio', { name: en('Cards', 'how people are shown') }).click()
  await page.getByRole('listitem').nth(5).waitFor()
  const edge = page.getByRole('separator').first()
  await edge.focus()
  await page.keyboard.press('End')
  await page.reload()
  await page.getByRole('listitem').nth(5).waitFor()
  assert.equal(await page.getByRole('separator').first().getAttribute('aria-valuenow'), '420')
  await joan.shot('people-cards-en-dark')
  await joan.audit('cards of people, dark')
  // The hint went for good when somebody was chosen, and the account knows it.
  assert.equal(await page.getByText(en('Got it')).count(), 0)
  assert.deepEqual((await ask(page, 'GET', '/v1/me/hints')).body.items, ['choose_people'])
  const found = await kept(page)
  assert.ok(found.includes('local_storage layout') && !found.includes('local_storage hints'), found.join(', '))

  await zhou.page.goto('/o/yunwu/people')
  await press(zhou.page, zh('Choose people'))
  const list = zhou.page.getByRole('list', { name: zh('People') })
  await list.getByRole('link').nth(1).tap()
  await list.getByRole('link').nth(2).tap()
  await zhou.page.getByRole('toolbar').getByText('已选 2 人').waitFor()
  await zhou.shot('people-chosen-zh-phone')
  await zhou.audit('people chosen on a phone')
})

test('a wrong list is written, somebody leaves with it, and all of it is undone', async () => {
  const { page } = shen
  const wrong = ['姓名,帐号,职务,部门,状态', '错录者,wrong.one,临时,错建部,在职', '王芳伟,u10,总工程师,,', '李娜伟,u21,,,已离职'].join('\n')
  await page.goto('/o/yunwu/admin/people/import')
  await page.locator('input[type=file]').setInputFiles({ name: '错表.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) })
  await page.waitForURL('**/people/import/*')
  await page.getByText(zh('Leave with this import'), { exact: true }).waitFor()
  await page.getByRole('table', { name: zh('People, one by one') }).getByText('李娜伟').waitFor()
  await press(page, zh('Import'))
  await page.getByRole('alertdialog').waitFor()
  await shen.shot('import-leavers-zh')
  await shen.audit('people leave with an import')
  await press(page, zh('Import, and let them leave'))
  await page.getByRole('dialog').locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  const did = page.getByRole('table', { name: zh('What the import did') })
  await did.waitFor({ timeout: 60_000 })
  await shen.shot('import-did-zh')
  await press(page, zh('Undo all of it'))
  await page.getByRole('alertdialog').getByRole('button', { name: zh('Undo'), exact: true }).click()
  await page.getByText(zh('Everything this import did is undone.')).waitFor({ timeout: 60_000 })
  await shen.shot('import-undone-zh')
  await shen.audit('an import is undone')
  const people = await page.evaluate(async () => {
    const organisation = (await (await fetch('/v1/session')).json()).organisations[0].id
    const found = async (name) => (await (await fetch(`/v1/members?query=${name}&limit=200`, { headers: { 'tulou-organisation': organisation } })).json()).items
    return { wrong: await found('错录者'), changed: await found('王芳伟'), left: await found('李娜伟') }
  })
  assert.equal(people.wrong.length, 0, 'whoever was made by mistake is gone')
  assert.deepEqual(people.changed.filter((one) => one.user_id === 'u10').map((one) => one.position), ['工程师'])
  assert.deepEqual(people.left.filter((one) => one.user_id === 'u21').map((one) => one.state), ['active'])
})

test('a workbook of Excel 97 says what it would do, and is thrown away', async () => {
  const { page } = shen
  await page.goto('/o/yunwu/admin/people/import')
  await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, '../../crates/identity/tests/it/imports/people.xls'))
  await page.waitForURL('**/people/import/*')
  await page.getByText(zh('New people'), { exact: true }).waitFor()
  const text = await page.getByRole('main').innerText()
  assert.match(text.replace(/\s+/g, ' '), new RegExp(`${zh('New people')} 3 `))
  assert.match(text, /13911112222/)
  await press(page, zh('Throw away'))
  await page.waitForURL('**/admin/people')
})
