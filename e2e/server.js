// A server of its own for each story: fresh data directory, private database, its own port.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { undeclaredIn } from './reality.js'

const root = resolve(import.meta.dirname, '..')
export const program = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/tulou')
const postgres =
  process.env.TULOU_POSTGRES ?? spawnSync(join(root, 'scripts/postgres'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).stdout.trim()

const HOUR = 3_600_000

/** Starts a server; with `demo` it has the company of 48 people. */
export async function start({ demo = false } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'tulou-e2e-'))
  const port = await freePort()
  const env = { ...settings(data), TULOU_LISTEN: `127.0.0.1:${port}` }
  if (demo) copy(company(), data)
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const wrong = listen(child.stderr)
  const output = []
  await new Promise((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
    child.stdout.on('data', (text) => {
      output.push(String(text))
      const said = output.join('')
      if (said.includes(' answers on ') && (demo || said.includes('code '))) ready()
    })
  })
  const code = /code (\S+)/.exec(output.join(''))?.[1]
  return {
    url: `http://127.0.0.1:${port}`,
    code,
    data,
    async stop() {
      const ended = new Promise((done) => child.once('close', done))
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
      assert.deepEqual([...wrong], [], [...wrong].join('\n'))
    },
  }
}

/** What the log says is compared with the data map, line by line; what somebody should know of is shown. */
function listen(stream) {
  const wrong = new Set()
  createInterface({ input: stream }).on('line', (line) => {
    // A panic, or the system's own word, comes as it is.
    if (!line.startsWith('{')) return console.error(line)
    const { level, target, message } = JSON.parse(line)
    for (const what of undeclaredIn(line)) wrong.add(`logs undeclared: ${what}, in ${target}: ${message}`)
    if (level === 'WARN' || level === 'ERROR') console.error(line)
  })
  return wrong
}

/** Our own crates say all they have to say, what others wrote only what is wrong. */
const LEVEL = ['warn', ...readdirSync(join(root, 'crates')).map((name) => `${name}=debug`)].join()

function settings(data) {
  // The build's own variables are none of the server's settings.
  const { TULOU_POSTGRES: _, TULOU_SEAWEEDFS: __, TULOU_NATS: ___, ...surroundings } = process.env
  return { ...surroundings, TULOU_DATA: data, TULOU_DATABASE_BINARIES: postgres, TULOU_LOG_LEVEL: LEVEL, TULOU_LOG_FORMAT: 'json', TULOU_LIMITS_RATES: 'false' }
}

/** The data directory of the company: it takes long to make, so the stories of one run copy one that none of them starts. */
export function company() {
  const made = join(root, 'e2e/out/company')
  const written = statSync(made, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (written > Date.now() - HOUR && written > statSync(program).mtimeMs) return made
  // cp makes the folder, not those above it.
  mkdirSync(dirname(made), { recursive: true })
  const data = mkdtempSync(join(tmpdir(), 'tulou-e2e-'))
  run(program, ['demo'], settings(data))
  for (const old of [made, `${made}.part`]) rmSync(old, { recursive: true, force: true })
  copy(data, `${made}.part`)
  renameSync(`${made}.part`, made)
  rmSync(data, { recursive: true })
  return made
}

/** With the permissions: the database and the master key refuse a folder that others may read. */
const copy = (from, to) => run('cp', ['-a', `${from}/.`, to])

function run(command, words, env = process.env) {
  const { status, stderr, error } = spawnSync(command, words, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${words[0]}: ${error ?? stderr}`)
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
