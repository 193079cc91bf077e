/** What an import reads and sends. */
import { call, keyOf, pages, query } from '~/api/client'
import { fileNameOf, transfer } from '~/api/transfer'
import type { Import, ImportOutcome, ImportSeverity } from '~/api/types'

/** Written step by step: looked at again while it runs. */
const EVERY_MS = 700

export const isRunning = (one: Import | undefined) => one?.state === 'queued' || one?.state === 'writing' || one?.state === 'undoing'

export const importOf = (id: string) => query('get', '/v1/imports/{import}', { path: { import: id } })

export const watched = (id: string) => ({
  ...importOf(id),
  staleTime: 0,
  refetchInterval: (found: { state: { data?: Import | undefined } }) => (isRunning(found.state.data) ? EVERY_MS : false as const),
})

export const problemsOf = (id: string, severity: ImportSeverity, code: string | undefined) =>
  pages('/v1/imports/{import}/problems', { path: { import: id }, query: { severity, ...(code === undefined ? {} : { code }), limit: 50 } }, 'after')

/** Who is created, changed and moved; everybody without an outcome. */
export const peopleOf = (id: string, outcome: ImportOutcome | undefined) =>
  pages('/v1/imports/{import}/people', { path: { import: id }, query: { ...(outcome === undefined ? {} : { outcome }), limit: 50 } }, 'after')

export const departmentsOf = (id: string) => pages('/v1/imports/{import}/departments', { path: { import: id }, query: { limit: 50 } }, 'after')

/** What could not be undone. */
export const keptOf = (id: string) => pages('/v1/imports/{import}/kept', { path: { import: id }, query: { limit: 50 } }, 'after')

/** The imports one began and that are not forgotten. */
export const myImports = () => pages('/v1/imports', { query: { limit: 20 } }, 'before')

/** Everything that was read about imports. */
export const importKeys = () => [
  keyOf('/v1/imports'),
  keyOf('/v1/imports/{import}'),
  keyOf('/v1/imports/{import}/problems'),
  keyOf('/v1/imports/{import}/people'),
  keyOf('/v1/imports/{import}/departments'),
  keyOf('/v1/imports/{import}/kept'),
]

export async function upload(file: File, beside?: string): Promise<Import> {
  const address = beside === undefined ? '/v1/imports' : `/v1/imports/${encodeURIComponent(beside)}/files`
  const answer: Import = await (await transfer(address, { file, name: file.name })).json()
  return answer
}

/** The file with the initial passwords, and what it is called. It is here whole, or the download is an error and can be repeated. */
export async function downloadResult(id: string, language: string): Promise<{ content: Blob; name: string | undefined }> {
  const answer = await transfer(`/v1/imports/${encodeURIComponent(id)}/result?language=${encodeURIComponent(language)}`, {})
  return { content: await answer.blob(), name: fileNameOf(answer) }
}

/** Says that all of it arrived: the server forgets the passwords. */
export const forgetResult = (id: string) => call('delete', '/v1/imports/{import}/result', { path: { import: id } })
