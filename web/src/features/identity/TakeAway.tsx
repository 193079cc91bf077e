/** What owners take with them while their organisation is being dissolved: people, and the audit log (ORG-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '~/api/client'
import { hasCode } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { transfer } from '~/api/transfer'
import type { AuditFormat, PeopleExport, PeopleExportFormat } from '~/api/types'
import { saveFile } from '~/lib/saveFile'
import { isLanguage } from '~/shell/language'
import { Button } from '~/ui/Button'
import { toast } from '~/ui/toast'
import styles from './forms.module.css'

const PEOPLE: readonly (readonly [PeopleExportFormat, string])[] = [['csv', 'CSV'], ['xlsx', 'Excel']]
const LOG: readonly (readonly [AuditFormat, string])[] = [['csv', 'CSV'], ['jsonl', 'JSON Lines']]

export function TakeAway({ slug, name, level }: { slug: string; name: string; level: 2 | 3 }) {
  const { t, i18n } = useLingui()
  const Heading = level === 2 ? 'h2' : 'h3'
  const people = useTaking('people', (format: PeopleExportFormat) => takePeople(slug, { format, language: isLanguage(i18n.locale) ? i18n.locale : 'en' }))
  const log = useTaking('audit', (format: AuditFormat) => transfer('/v1/audit/export', { json: { format }, organisation: slug }))
  return (
    <section className={styles.form}>
      <Heading><Trans>Take with you what you need</Trans></Heading>
      <Kind title={t`People`} of={name} what={<Trans>Whom and what you see of them in the directory, where there are no more than 500.</Trans>} formats={PEOPLE} taken={people.isPending ? people.variables : null} onTake={people.mutate} />
      <Kind title={t`Audit log`} of={name} what={<Trans>Who did what, and what was refused: ids, times and small facts, nothing that anybody wrote.</Trans>} formats={LOG} taken={log.isPending ? log.variables : null} onTake={log.mutate} />
      <p className={styles.quiet}><Trans>Conversations and files are in neither: to reach them, bring the organisation back. That you took something is recorded.</Trans></p>
    </section>
  )
}

interface KindProps<Format extends string> {
  title: string
  /** What the organisation is called: there may be two of them on the page. */
  of: string
  what: ReactNode
  formats: readonly (readonly [Format, string])[]
  /** As what it is being taken right now. */
  taken: Format | null
  onTake: (format: Format) => void
}

function Kind<Format extends string>({ title, of, what, formats, taken, onTake }: KindProps<Format>) {
  const { t } = useLingui()
  return (
    <div className={styles.from}>
      <span className="grow">
        <b>{title}</b>
        <small>{what}</small>
      </span>
      {formats.map(([format, label]) => (
        <Button key={format} size="s" aria-label={t`${title}: ${label}, ${of}`} isPending={taken === format} onPress={() => onTake(format)}>{label}</Button>
      ))}
    </div>
  )
}

/** One that was asked for and still holds is taken again: each counts towards what one takes alone. It may be for fewer than there are by now. */
async function takePeople(slug: string, json: { format: PeopleExportFormat; language: string }): Promise<Response> {
  const fileOf = ({ id }: PeopleExport) => transfer(`/v1/people-exports/${id}/file`, { json, organisation: slug })
  const anew = async () => fileOf(await call('post', '/v1/people-exports', { body: {} }, { organisation: slug }))
  const own = await call('get', '/v1/people-exports', {}, { organisation: slug })
  const found = own.items.find(isWhole)
  if (found === undefined) return anew()
  try {
    return await fileOf(found)
  } catch (error) {
    if (hasCode(error, 'people_exports.more_people_now')) return anew()
    throw error
  }
}

const isWhole = ({ state, filter }: PeopleExport) =>
  state === 'ready' && filter.is_mine !== true && [filter.department, filter.query, filter.state].every((one) => one === undefined || one === null)

/** A file of the organisation, though nobody is inside. */
function useTaking<Format extends string>(name: string, take: (format: Format) => Promise<Response>) {
  const textOf = useProblemText()
  return useMutation({
    mutationFn: async (format: Format) => ({ file: await (await take(format)).blob(), format }),
    onSuccess: ({ file, format }) => saveFile(file, `${name}.${format}`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
}
