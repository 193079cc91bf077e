// How a story is told: chapter after chapter, by people who sign in and ask the API for what no page shows.
import { after, before, test } from 'node:test'
import { end, launch, open } from './browser.js'
import { start } from './server.js'

/** Everybody's in the demo company. */
export const PASSWORD = 'earthen walls, one roof'

/**
 * Tells the chapters of a story. After one that failed the others cannot be told, and the windows that are open are
 * photographed: `windows` names them.
 */
export function chapters(story, windows) {
  let broken
  return (name, tell) =>
    test(name, async () => {
      if (broken) throw new Error(`not told, since “${broken}” failed`)
      try {
        await tell()
      } catch (error) {
        broken = name
        for (const [who, window] of Object.entries(windows())) await window?.shot(`${story}-failed-${who}`)
        throw error
      }
    })
}

/**
 * A story of several in the demo company: `looks` says who they are, by their sign-ins, and what their windows look like. All are
 * signed in before the first chapter; `told` is given their windows then.
 */
export function several(story, looks, told) {
  let server, browser
  const windows = {}
  before(async () => {
    server = await start({ demo: true })
    browser = await launch()
    for (const [login, look] of Object.entries(looks)) windows[login] = await open(browser, server, look)
    await Promise.all(Object.entries(windows).map(([login, { page }]) => signIn(page, login)))
    told(windows)
  })
  after(() => end(...Object.values(windows).map((one) => () => one.close()), () => browser?.close(), () => server?.stop()))
  return chapters(story, () => windows)
}

/** A story of two: Shen, in Chinese, who owns the company, and Mara, whose window looks like `look`. */
export const two = (story, look, told) => several(story, { shen: { language: 'zh-CN' }, mara: { language: 'en', ...look } }, told)

/** Signs in and waits for the first page behind the door. */
export async function signIn(page, login, { password = PASSWORD, arrives = '**/o/yunwu/**', from = '/sign-in' } = {}) {
  await page.goto(from)
  await page.getByRole('textbox').first().fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(arrives)
}

/** Presses the one button with this text. */
export const press = (page, name) => page.getByRole('button', { name, exact: true }).click()

/** The messages of the open conversation. */
export const log = (page) => page.getByRole('log')

/** Calls the API as whoever is signed in there; changes whatever is there. */
export const ask = (page, method, path, body, more = {}) =>
  page.evaluate(
    async ([method, path, body, more]) => {
      const headers = { 'content-type': 'application/json', 'tulou-organisation': 'yunwu', 'if-match': '*', ...more }
      const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
      return { status: answer.status, body: await answer.json().catch(() => null) }
    },
    [method, path, body, more],
  )

/** Asks again and again, for two minutes. */
export async function until(holds) {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    if (await holds()) return
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error('it never came to that')
}
