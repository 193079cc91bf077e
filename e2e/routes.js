// Every route of the demo company: looked at, and heard with a screen reader's ears. A story a language, so that two are walked at once.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ALL_COLUMNS, DESKTOP, end, launch, open } from './browser.js'
import { start } from './server.js'
import { ask, signIn } from './story.js'

const ROUTES = [
  'messages', 'people', 'people/contacts', 'search', 'notifications', 'announcements', 'settings/profile', 'settings/devices', 'settings/address-books', 'settings/notifications',
  'people/chart', 'settings/appearance', 'settings/cookies', 'settings/data', 'settings/privacy', 'admin/overview', 'admin/people', 'admin/people/import', 'admin/leavers', 'admin/invitations', 'admin/organisation', 'admin/applications',
  'admin/departments', 'admin/people-groups', 'admin/fields', 'admin/roles', 'admin/files', 'admin/announcements', 'admin/peers', 'admin/decisions', 'admin/workdays', 'admin/tokens', 'admin/retention', 'admin/audit', 'admin/data-map', 'admin/erasures', 'admin/jobs', 'admin/health',
]

let server, browser, leaver
/** The account's language goes with the person: it is set, so that each walk reads its own. */
async function enter(page, language) {
  await signIn(page, 'shen')
  const { status } = await ask(page, 'PATCH', '/v1/me', { language })
  assert.ok(status < 300, `the language was not set: ${status}`)
  await page.evaluate((language) => (document.cookie = `language=${language}; Path=/`), language)
}

/** Somebody whose groups and roles wait for a successor; says who. */
async function disableMara() {
  const window = await open(browser, server)
  await signIn(window.page, 'shen')
  const [{ id }] = (await ask(window.page, 'GET', '/v1/members?query=mara')).body.items
  assert.equal((await ask(window.page, 'POST', `/v1/members/${id}/disable`, { months: 1 })).status, 204)
  await window.close()
  return id
}

/** A list with somebody new, somebody wrong and somebody put right; nothing of it is written. */
async function tryImport(page) {
  const list = '姓名,账号,手机号,部门\n顾南枝,gu.nanzhi,13911112222,研发中心/质量\n韩一,han.yi,1.39E+10,研发中心\n罗笙 ,luo.sheng,+86 139-1111-3333,研发中心\n'
  await page.goto('/o/yunwu/admin/people/import')
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await page.waitForURL('**/people/import/*')
  await page.getByRole('cell', { name: '1.39E+10' }).first().waitFor()
}

/** Over any page: by the keys, on a phone by the button at the top. What it finds first has its preview beside it. */
async function openPalette(page) {
  await page.goto('/o/yunwu/notifications')
  await page.getByRole('heading').first().waitFor()
  if (page.viewportSize().width < 768) await page.locator('button[aria-label]:has(.lucide-search):visible').first().tap()
  else await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('冷链')
  // On a phone a dialog is drawn once it is known how much room the keyboard leaves.
  await page.waitForFunction(() => getComputedStyle(document.querySelector('[role=dialog]').parentElement).opacity === '1')
  await page.getByRole('option').filter({ hasText: '冷链单独走' }).first().waitFor()
}

/** Every route once: a screenshot and the audit. */
async function walk(name, look) {
  const window = await open(browser, server, look)
  await window.page.goto('/sign-in')
  await window.page.getByRole('textbox').first().waitFor()
  await window.shot(`sign-in-${name}`)
  await window.audit(`sign-in ${name}`)
  for (const document of ['', '/statement', '/collection']) {
    await window.page.goto(`/privacy${document}`)
    await window.page.getByRole('heading', { level: 2 }).or(window.page.getByRole('rowheader')).first().waitFor()
    await window.shot(`privacy${document.replace('/', '-')}-${name}`)
    await window.audit(`privacy${document} ${name}`)
    await window.fits(`privacy${document} ${name}`)
  }
  await enter(window.page, look.language)
  for (const route of ROUTES) {
    await window.page.goto(`/o/yunwu/${route}`)
    await window.page.getByRole('heading').first().waitFor()
    await window.page.waitForLoadState('networkidle')
    assert.equal(await window.page.locator('html').getAttribute('lang'), look.language)
    await window.shot(`${route.replaceAll('/', '-')}-${name}`)
    await window.audit(`${route} ${name}`)
    await window.fits(`${route} ${name}`)
  }
  await window.page.goto('/o/yunwu/search?q=冷链')
  await window.page.getByRole('link').filter({ hasText: '冷链单独走' }).first().waitFor()
  await window.shot(`search-found-${name}`)
  await window.audit(`search-found ${name}`)
  await window.page.goto(`/o/yunwu/admin/leavers/${leaver}`)
  await window.page.getByRole('article').first().getByRole('combobox').waitFor()
  await window.page.waitForLoadState('networkidle')
  await window.shot(`hand-over-${name}`)
  await window.audit(`hand-over ${name}`)
  await window.fits(`hand-over ${name}`)
  await openPalette(window.page)
  await window.shot(`palette-${name}`)
  await window.audit(`palette ${name}`)
  await tryImport(window.page)
  await window.shot(`import-${name}`)
  await window.audit(`import ${name}`)
  await window.page.goto('/o/yunwu/messages')
  await window.page.getByText('华东仓搬迁项目组').first().click()
  await window.page.getByRole('log').getByText('冷链单独走').first().waitFor()
  // Faces and names come a moment after the words.
  await window.page.getByRole('log').getByText('魏冬').first().waitFor()
  await window.shot(`conversation-${name}`)
  await window.audit(`conversation ${name}`)
  await window.fits(`conversation ${name}`)
  if (look.size === DESKTOP) {
    await window.page.setViewportSize(ALL_COLUMNS)
    await window.page.getByRole('complementary').first().waitFor()
    await window.fits(`conversation with its panel ${name}`)
  }
  await window.close()
}

/** Walks in one language, in every one of these looks: their names, and what they are. */
export function walks(language, looks) {
  before(async () => {
    server = await start({ demo: true })
    browser = await launch()
    leaver = await disableMara()
  })
  after(() => end(() => browser?.close(), () => server?.stop()))
  // Two at a time: each waits a good deal for the network to be quiet.
  describe(language, { concurrency: 2 }, () => {
    for (const [name, look] of Object.entries(looks)) test(name, () => walk(`${language}-${name}`, { language, ...look }))
  })
}
