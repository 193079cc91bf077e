/** Takes the people of the list away as a file; many only with a second administrator. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { transfer } from '~/api/transfer'
import type { MemberState, PeopleExport, PeopleExportFormat } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { isLanguage } from '~/shell/language'
import { saveFile } from '~/lib/saveFile'
import { actKeys } from '~/shell/acts'
import { links } from '~/shell/links'
import { useProof } from '~/shell/ProveAgain'
import { useSlug } from '~/shell/routes'
import { Button, ButtonLink } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Dialog } from '~/ui/Dialog'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { peopleExportKeys, peopleExports } from '../queries'

export interface ExportFilter {
  query?: string | undefined
  state?: MemberState | undefined
  /** Of the own part only. */
  is_mine?: true | undefined
}

export function ExportDialog({ filter, onClose }: { filter: ExportFilter; onClose: () => void }) {
  const { t } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const own = useQuery(peopleExports()).data?.items ?? []
  const ask = useMutation({
    mutationFn: () => call('post', '/v1/people-exports', { body: { filter } }),
    onSuccess: async ({ state }) => {
      await markStale(queries, [...peopleExportKeys(), ...actKeys()])
      if (state === 'waits') toast(t`Asked for. It waits under Decisions.`)
    },
    onError: (error) => {
      if (!proof.ask(error, () => ask.mutate())) toast(textOf(error), { tone: 'bad' })
    },
  })
  const isPart = filter.query !== undefined || filter.state !== undefined || filter.is_mine !== undefined
  return (
    <>
      <Dialog
        title={t`Export people`}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Close</Trans></Button>
            <Button variant="primary" isPending={ask.isPending} onPress={() => ask.mutate()}>{isPart ? t`Export those shown` : t`Export everybody`}</Button>
          </>
        }
      >
        <div className={styles.form}>
          <p><Trans>The file holds whom and what you see of them. That you took it is recorded; the server keeps no file. More than 500 people within a day need your password and a second administrator.</Trans></p>
          {own.length > 0 && (
            <ul className={styles.acts} aria-label={t`Your exports`}>
              {own.map((one) => (
                <li key={one.id} className={styles.act}>
                  <Export of={one} />
                  {one.state === 'waits' && <ButtonLink href={links.admin(slug, 'decisions')}><Trans>Decisions</Trans></ButtonLink>}
                </li>
              ))}
            </ul>
          )}
          <PrivacyLine seenBy={t`You, until it is over`} />
        </div>
      </Dialog>
      {proof.dialog}
    </>
  )
}

function Export({ of }: { of: PeopleExport }) {
  const { i18n } = useLingui()
  const textOf = useProblemText()
  const take = useMutation({
    mutationFn: async (format: PeopleExportFormat) => {
      const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
      const answer = await transfer(`/v1/people-exports/${of.id}/file`, { json: { format, language } })
      return { file: await answer.blob(), format }
    },
    onSuccess: ({ file, format }) => saveFile(file, `people.${format}`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const [asked, until] = [dayAndClock(of.asked_at, i18n.locale), dayAndClock(of.until, i18n.locale)]
  return (
    <>
      <div className="grow">
        <div className={styles.actTitle}><Plural value={of.people} one="# person" other="# people" /></div>
        <div className={styles.actFacts}>{of.state === 'ready' ? <Trans>until {until}</Trans> : <Trans>asked {asked}</Trans>}</div>
      </div>
      {of.state === 'ready' ? (
        <>
          <Button isPending={take.isPending && take.variables === 'csv'} onPress={() => take.mutate('csv')}>CSV</Button>
          <Button isPending={take.isPending && take.variables === 'xlsx'} onPress={() => take.mutate('xlsx')}>Excel</Button>
        </>
      ) : (
        <Chip tone="warn"><Trans>waits</Trans></Chip>
      )}
    </>
  )
}
