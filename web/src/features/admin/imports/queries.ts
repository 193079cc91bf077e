/** What an import reads and sends. */
import { keyOf, pages, query } from '~/api/client'
import { transfer } from '~/api/transfer'
import type { Import, ImportSeverity } from '~/api/types'

/** Written step by step: looked at again while it runs. */
const EVERY_MS = 700

export const isRunning = (one: Import | undefined) => one?.state === 'queued' || one?.state === 'writing'

export const importOf = (id: string) => query('get', '/v1/imports/{import}', { path: { import: id } })

export const watched = (id: string) => ({
  ...importOf(id),
  staleTime: 0,
  refetchInterval: (found: { state: { data?: Import | undefined } }) => (isRunning(found.state.data) ? EVERY_MS : false as const),
})

export const problemsOf = (id: string, severity: ImportSeverity, code: string | undefined) =>
  pages('/v1/imports/{import}/problems', { path: { import: id }, query: { severity, ...(code === undefined ? {} : { code }), limit: 50 } }, 'after')

/** Everything that was read about an import. */
export const importKeys = () => [keyOf('/v1/imports/{import}'), keyOf('/v1/imports/{import}/problems')]

export async function upload(file: File, beside?: string): Promise<Import> {
  const address = beside === undefined ? '/v1/imports' : `/v1/imports/${encodeURIComponent(beside)}/files`
  const answer: Import = await (await transfer(address, { file })).json()
  return answer
}

/** The file with the initial passwords, this once. */
export async function takeResult(id: string, language: string): Promise<Blob> {
  const answer = await transfer(`/v1/imports/${encodeURIComponent(id)}/result?language=${encodeURIComponent(language)}`, {})
  return answer.blob()
}
