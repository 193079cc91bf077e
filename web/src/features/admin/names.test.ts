/** Nothing of the audit log, of the jobs or of a refusal is shown by its code: what the server has names for, the client has words for. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const CRATES = '../crates'
const read = (path: string) => readFileSync(path, 'utf8')
const sources = (crate: string) => readdirSync(`${CRATES}/${crate}/src`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs')).map((file) => read(`${CRATES}/${crate}/src/${file}`))
const crates = readdirSync(CRATES)

interface Operation {
  operationId?: string
  'x-errors'?: string[]
}
const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(read('../api/openapi.json'))
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods)).filter((one) => one.operationId !== undefined)

test('every event of the audit log, and every operation that can be refused, has words', () => {
  const words = read('src/features/admin/actNames.ts') + read('src/features/admin/refusedNames.ts')
  const events = crates.flatMap((crate) => sources(crate)).flatMap((source) => source.split(/impl Event for /).slice(1)).filter((one) => !/fn is_audited\(&self\) -> bool \{\s*false/.test(one))
  const names = events.flatMap((one) => /const NAME: &'static str = "([a-z_.]+)"/.exec(one)?.[1] ?? []).filter((name) => crates.includes(name.split('.')[0] ?? ''))
  expect(names.length).toBeGreaterThan(30)
  expect(names.filter((name) => !words.includes(`'${name}': t`))).toEqual([])
  const refusable = operations.filter((one) => one['x-errors']?.includes('forbidden')).flatMap((one) => one.operationId ?? [])
  expect(refusable.length).toBeGreaterThan(40)
  expect(refusable.filter((name) => !words.includes(` ${name}: t`))).toEqual([])
})

test('every fact that an event of the audit log tells has words', () => {
  const words = read('src/features/admin/audit/factNames.ts')
  const structs = crates.flatMap((crate) => sources(crate)).flatMap((source) => {
    const audited = new Set([...source.matchAll(/impl Event for (\w+) ([\s\S]*?)\n}/g)].filter((one) => !/fn is_audited\(&self\) -> bool \{\s*false/.test(one[2] ?? '')).map((one) => one[1]))
    const bodies = new Map([...source.matchAll(/pub struct (\w+) \{([^}]*)\}/g)].map((one) => [one[1] ?? '', one[2] ?? '']))
    // A flattened field is told by what lies in it.
    const whole = (body: string): string => body.replace(/#\[serde\([^)]*flatten\)\]\s*pub \w+: (\w+),/g, (field, type) => bodies.get(type) ?? field)
    return [...bodies].filter(([name]) => audited.has(name)).map(([, body]) => whole(body))
  })
  const facts = new Set(structs.flatMap((body) => [...body.matchAll(/pub (\w+):/g)].map((one) => one[1] ?? '')))
  expect(facts.size).toBeGreaterThan(30)
  // What was and what is are told field by field.
  expect([...facts].filter((fact) => fact !== 'before' && fact !== 'after' && !words.includes(` ${fact}: t`))).toEqual([])
})

test('every job has words', () => {
  const words = read('src/features/admin/jobNames.ts')
  const jobs = crates.flatMap((crate) => sources(crate)).flatMap((source) => [...source.matchAll(/name: "([a-z_]+\.[a-z_]+)",\s*class: Class::/g)].map((found) => found[1] ?? ''))
  expect(jobs.length).toBeGreaterThan(8)
  expect(jobs.filter((name) => !words.includes(`'${name}': t`))).toEqual([])
})

test('every state of a job has words, and no other has', () => {
  const words = read('src/features/admin/jobNames.ts').split('useJobStates')[1] ?? ''
  const migrations = readdirSync(`${CRATES}/kernel/migrations`).map((file) => read(`${CRATES}/kernel/migrations/${file}`)).join('')
  const job = migrations.split('create table kernel.job (')[1]?.split(');\n')[0] ?? ''
  const states = [.../state in \(([^)]*)\)/.exec(job)?.[1]?.matchAll(/'(\w+)'/g) ?? []].map((found) => found[1])
  expect(states).toHaveLength(4)
  expect([...words.matchAll(/^ {4}(\w+): \['\w+', t`/gm)].map((found) => found[1])).toEqual(states)
})

/** What a person never meets as a code: the client asks first, says it in its place, or tries again by itself. */
const ELSEWHERE = new Set([
  'forbidden', 'not_found', 'unauthenticated', 'too_large',
  'chat.client_id_reused', 'chat.draft_is_newer', 'chat.not_a_group', 'chat.not_written', 'chat.try_again', 'kernel.answer_not_kept', 'kernel.idempotency_key_reused',
  'files.checksum_mismatch', 'files.not_offset_octet_stream', 'files.offset', 'files.tus_version', 'files.upload_busy',
  'identity.prove_again', 'provisioning.rows_wrong', 'retention.confirm_short',
])

test('every reason of a refusal has words, or is known not to need them', () => {
  const words = read('src/api/problems.ts')
  const codes = [...new Set(operations.flatMap((one) => one['x-errors'] ?? []))]
  expect(codes.length).toBeGreaterThan(50)
  expect(codes.filter((code) => !ELSEWHERE.has(code) && !words.includes(`'${code}': `) && !words.includes(` ${code}: `))).toEqual([])
  expect([...ELSEWHERE].filter((code) => !codes.includes(code))).toEqual([])
})
