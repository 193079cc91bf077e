// Four people find things again: any part of Chinese text, English stems, names by pinyin, by whom, where and when; they jump
// to the place, and nobody finds what was taken back (SRCH-01, SRCH-02, SRCH-03, RET-17).
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { PHONE, end, launch, open } from '../browser.js'
import { field, found, isInSight, isIndexed, openPalette, option } from '../palette.js'
import { start } from '../server.js'
import { ask, chapters, log, signIn, until } from '../story.js'
import { speaks } from '../texts.js'

const say = { en: speaks('en'), 'zh-CN': speaks('zh-CN') }
const windows = {}

let server, browser
before(async () => {
  server = await start({ demo: true })
  browser = await launch()
  await enter('shen', { language: 'zh-CN' })
  await enter('elliot', { language: 'en' })
  await enter('mara', { language: 'en', size: PHONE, theme: 'dark' })
  await enter('lu', { language: 'zh-CN', size: PHONE })
})
after(() => end(...Object.values(windows).map((window) => () => window.close()), () => browser?.close(), () => server?.stop()))

const test = chapters('search', () => windows)

async function enter(login, look) {
  const window = await open(browser, server, look)
  windows[login] = { ...window, say: say[look.language], language: look.language }
  const { page } = window
  await signIn(page, login)
  await ask(page, 'PATCH', '/v1/me', { language: look.language })
  await page.evaluate((language) => (document.cookie = `language=${language}; Path=/`), look.language)
  await page.goto('/o/yunwu/messages')
  await page.getByRole('heading', { name: say[look.language]('Messages') }).first().waitFor()
}

async function write(page, text) {
  const box = page.locator('textarea').last()
  await box.fill(text)
  await box.press('Enter')
}

test('a part of Chinese text, found from anywhere, leads to its message (SRCH-01)', async () => {
  const shen = windows.shen
  await shen.page.goto('/o/yunwu/people')
  await shen.page.getByRole('heading', { level: 1 }).waitFor()
  await openPalette(shen)
  await shen.audit('palette, nothing looked for')
  await shen.page.keyboard.type('链单独')
  const hit = option(shen, '冷链单独走')
  // What an earlier letter found stays until the answer to the whole is there.
  await hit.locator('mark', { hasText: '链单独' }).waitFor()
  await shen.page.getByRole('region', { name: shen.say('Preview') }).locator('mark').waitFor()
  await shen.shot('palette-zh')
  await shen.audit('palette, something found')
  await hit.click()
  await shen.page.waitForURL(/messages\/[^/]+\?at=\d+$/)
  await isInSight(shen.page, '冷链单独走')
})

test('an English word finds its other forms, by keyboard alone (SRCH-01)', async () => {
  const elliot = windows.elliot
  await openPalette(elliot)
  await elliot.page.keyboard.type('drivers')
  await option(elliot, 'Our driver comes straight from Ningbo').waitFor()
  await elliot.page.keyboard.press('Enter')
  await elliot.page.waitForURL(/messages\/[^/]+\?at=\d+$/)
  await isInSight(elliot.page, 'driver')
})

test('people are found by pinyin and initials, functions and departments by name (SRCH-01)', async () => {
  const elliot = windows.elliot
  await openPalette(elliot)
  await elliot.page.keyboard.type('luxingzhou')
  await option(elliot, '陆行舟').waitFor()
  await field(elliot).fill('lxz')
  await option(elliot, '陆行舟').click()
  await elliot.page.waitForURL('**/people/*')
  await elliot.page.getByRole('heading', { name: '陆行舟' }).waitFor()
  const shen = windows.shen
  await openPalette(shen)
  await shen.page.keyboard.type('冷链组')
  await option(shen, '冷链组').click()
  await shen.page.waitForURL('**/people?department=*')
  await openPalette(shen)
  await shen.page.keyboard.type('>shebei')
  await shen.page.keyboard.press('Enter')
  await shen.page.waitForURL('**/settings/devices')
})

test('a search is narrowed by who, where and when (SRCH-01)', async () => {
  const shen = windows.shen
  await openPalette(shen)
  await shen.page.keyboard.type('冷链 发送人:shenzhi')
  await option(shen, '沈知遥').waitFor()
  await shen.page.keyboard.press('Enter')
  const mine = option(shen, '冷链单独走')
  await mine.waitFor()
  const authors = async () => (await shen.page.getByRole('group', { name: shen.say('Messages') }).getByRole('option').allInnerTexts()).filter((text) => !text.includes('沈知遥'))
  await until(async () => (await authors()).length === 0)
  await shen.page.keyboard.type(' 会话:搬迁')
  await option(shen, '华东仓搬迁项目组').waitFor()
  await shen.page.keyboard.press('Enter')
  await mine.waitFor()
  await shen.page.keyboard.type('早于:2020-01-01 ')
  await shen.page.getByText(/没有找到/).waitFor()
  await shen.shot('palette-filters-zh')
  for (const _ of [1, 2, 3]) await shen.page.getByRole('button', { name: /^去掉筛选/ }).first().click()
  await mine.waitFor()
  await shen.page.keyboard.press('Escape')
})

test('the page keeps its search in the address, finds far back, and is there again on the way back (SRCH-01)', async () => {
  const shen = windows.shen
  const { page } = shen
  await page.goto('/o/yunwu/messages')
  await page.getByText('Mara Whitcombe', { exact: true }).first().click()
  await log(page).waitFor()
  await write(page, '暗号：青石板铺到后院')
  for (let n = 1; n <= 140; n += 1) await write(page, `第 ${n} 根梁`)
  await log(page).getByText('第 140 根梁', { exact: true }).waitFor()
  await isIndexed(page, '青石板')
  await openPalette(shen)
  await page.keyboard.type('青石板铺')
  await option(shen, '青石板铺').waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/search\?q=/)
  await page.goto(page.url())
  const hit = page.getByRole('link').filter({ hasText: '暗号：青石板铺到后院' })
  await hit.waitFor()
  await shen.shot('search-page-zh')
  await shen.audit('search page')
  await hit.click()
  await page.waitForURL(/\?at=\d+$/)
  await isInSight(page, '暗号：青石板铺到后院')
  await page.goBack()
  await page.waitForURL(/\/search\?q=/)
  await hit.waitFor()
})

test('on a phone, in both languages, it is found and jumped to (SRCH-01)', async () => {
  for (const [who, words, said] of [['mara', '石板', '暗号：青石板铺到后院'], ['lu', '冷链', '冷链单独走']]) {
    const window = windows[who]
    const { page } = window
    await page.goto('/o/yunwu/messages')
    await openPalette(window)
    await page.keyboard.type(words)
    await option(window, said).waitFor()
    await window.shot(`palette-phone-${who}`)
    await window.audit(`palette on a phone, ${window.language}`)
    await option(window, said).tap()
    await page.waitForURL(/\?at=\d+$/)
    await isInSight(page, said)
  }
})

test('what is taken back is found no more, also where it was just shown', async () => {
  const { shen, mara } = windows
  await shen.page.goto('/o/yunwu/messages')
  await shen.page.getByText('Mara Whitcombe', { exact: true }).first().click()
  await log(shen.page).waitFor()
  await write(shen.page, '口令是紫云英')
  await isIndexed(mara.page, '紫云英')
  await mara.page.goto(`/o/yunwu/search?scope=messages&q=${encodeURIComponent('紫云英')}`)
  const hit = mara.page.getByRole('link').filter({ hasText: '口令是紫云英' })
  await hit.waitFor()
  await log(shen.page).getByText('口令是紫云英').click({ button: 'right' })
  await shen.page.getByRole('menuitem', { name: shen.say('Recall') }).click()
  await hit.waitFor({ state: 'detached' })
  assert.deepEqual(await found(mara.page, '紫云英'), [])
})

test('a conversation is searched from its head', async () => {
  const { elliot } = windows
  const { page } = elliot
  await page.goto('/o/yunwu/messages')
  await page.getByText('华东仓搬迁项目组').first().click()
  await log(page).waitFor()
  await page.getByRole('button', { name: elliot.say('Find in this conversation') }).click()
  await field(elliot).waitFor()
  await page.getByRole('button', { name: /^Remove the filter/ }).waitFor()
  await page.keyboard.type('dock')
  await option(elliot, 'Is the dock clear').waitFor()
  await page.keyboard.press('Escape')
})

test('the last searches are kept for oneself, forgotten one by one and all at once (SRCH-03, RET-17)', async () => {
  const { shen } = windows
  const { page } = shen
  const words = async () => (await ask(page, 'GET', '/v1/search/words')).body.items.map((word) => word.text)
  await until(async () => (await words()).includes('链单独'))
  await openPalette(shen)
  await option(shen, '链单独').waitFor()
  await shen.shot('palette-recent-zh')
  await page.getByRole('button', { name: shen.say('Forget “{text}”').replace('{text}', '链单独') }).click()
  await until(async () => !(await words()).includes('链单独'))
  assert.ok((await words()).length > 0)
  await page.getByRole('button', { name: shen.say('Forget all') }).click()
  await until(async () => (await words()).length === 0)
  await page.keyboard.press('Escape')
})
