// Whoever runs the server: what they type on its own machine, their console, and a further organisation beside the demo company.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { program } from './server.js'
import { press } from './story.js'

/** The operator's own, and that of who founds a further organisation. */
export const OUTSIDE_PASSWORD = 'seven gates and one well in the yard'

/** What the operator types on the server's own machine. */
export function admin(server, ...words) {
  const { status, stdout, stderr } = spawnSync(program, ['admin', ...words], { env: { ...process.env, TULOU_DATA: server.data }, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
}

/** Makes an operator on the machine, who looks at the door, comes in and chooses a password of their own. */
export async function enterConsole({ page, say }, server, name, lookAtTheDoor = async () => {}) {
  const given = /password: (\S+)/.exec(admin(server, 'operator', 'add', name))[1]
  await page.goto('/operator')
  await page.getByLabel(say('Name'), { exact: true }).fill(name)
  await page.getByLabel(say('Password'), { exact: true }).fill(given)
  await lookAtTheDoor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: say('Choose your own password') }).waitFor()
  await page.getByLabel(say('The password you were given'), { exact: true }).fill(given)
  await page.getByLabel(say('New password'), { exact: true }).fill(OUTSIDE_PASSWORD)
  await press(page, say('Use this password'))
  await page.getByRole('heading', { name: say('Organisations') }).waitFor()
}

/** Chooses something for an organisation in the console. */
export async function choose(page, name, item) {
  await page.getByRole('row', { name }).getByRole('button').click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Lee founds Hakka Works with the code, and is signed in there. */
export async function found(page, code) {
  const founding = {
    code,
    organisation: { name_en: 'Hakka Works', slug: 'hakka', region: 'CN', industry: 'manufacturing', time_zone: 'Asia/Shanghai', contact: { name: 'Lee', email: 'lee@hakka.example' } },
    administrator: { name: 'Lee', user_id: 'lee', email: 'lee@hakka.example', password: OUTSIDE_PASSWORD },
    language: 'en', chat_retention_days: 90, accepts_statement: true, attests_control: true, is_adult: true,
  }
  await page.goto('/sign-in')
  const status = await page.evaluate(async (founding) => {
    const { version } = await fetch('/v1/statement?language=en').then((one) => one.json())
    return fetch('/v1/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...founding, statement_version: version }) }).then((one) => one.status)
  }, founding)
  assert.equal(status, 201)
}
