/** What was erased in the last 180 days, and what proves it (RET-03). Of whom, and what it was, nothing here says. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { FileBadge } from 'lucide-react'
import { call, rowsOf } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { ErasureReceipt } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { saveFile } from '~/lib/saveFile'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { IconButton } from '~/ui/IconButton'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { erasureReceipts } from '../queries'
import { ShowMore } from '../ShowMore'
import { Checkpoint } from './Checkpoint'

export function ErasuresPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(erasureReceipts())
  const rows = rowsOf<'/v1/erasure/receipts'>(found.data)
  const nameOf = useErased()
  return (
    <>
      <PageTitle>{t`Erasures`}</PageTitle>
      <PageHead title={t`Erasures`} lead={t`What was erased in the last 180 days: how much, never of whom or what. A certificate proves it; hand it to whom it concerns.`} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`Nothing was erased in the last 180 days`}><Trans>Whoever leaves is erased after 14 days, messages when their time is over.</Trans></EmptyState>
            ) : (
              <Table
                label={t`Erasures`}
                rows={rows}
                rowKey={(row) => String(row.position)}
                columns={[
                  { id: 'what', title: t`What was erased`, isHead: true, cell: (row) => nameOf(row) },
                  { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
                  { id: 'rows', title: t`Entries deleted`, isNumber: true, cell: (row) => countOf(row).toLocaleString(i18n.locale) },
                  { id: 'keys', title: t`Keys destroyed`, isNumber: true, cell: (row) => row.keys.toLocaleString(i18n.locale) },
                  { id: 'rule', title: t`Rule`, cell: (row) => <Rule of={row.rule} /> },
                  { id: 'certificate', title: t`Certificate`, isTitleHidden: true, isNumber: true, cell: (row) => <Certificate of={row} /> },
                ]}
              />
            )
          }
        </QueryState>
        <ShowMore of={found} />
        <Section title={t`Checkpoint`} lead={t`Says how far the log of erasures reaches. Whoever keeps one outside notices when the log is written anew, and whoever has the key of the log checks certificates without believing the file.`}>
          <Checkpoint />
        </Section>
      </PageBody>
    </>
  )
}

/** Downloads what proves the erasure. */
function Certificate({ of }: { of: ErasureReceipt }) {
  const { t, i18n } = useLingui()
  const textOf = useProblemText()
  const nameOf = useErased()
  const take = useMutation({
    mutationFn: () => call('get', '/v1/erasure/receipts/{position}/certificate', { path: { position: of.position } }),
    onSuccess: (certificate) => saveFile(new Blob([`${JSON.stringify(certificate, null, 2)}\n`], { type: 'application/json' }), `erasure-${of.position}.json`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const [what, when] = [nameOf(of), dayAndClock(of.at, i18n.locale)]
  return <IconButton icon={FileBadge} size="s" label={t`Download certificate: ${what}, ${when}`} isPending={take.isPending} onPress={() => take.mutate()} />
}

/** By which rule of retention: what it is about, and its number. */
function Rule({ of }: { of: string }) {
  const { t } = useLingui()
  const names: Partial<Record<string, string>> = { 'RET-02': t`60 days after dissolution`, 'RET-08': t`Period after leaving`, 'RET-09': t`Period of messages` }
  return (
    <span className={styles.rule}>
      {names[of]} <small>{of}</small>
    </span>
  )
}

/** What kind of thing was erased. */
function useErased(): (of: ErasureReceipt) => string {
  const { t } = useLingui()
  const names: Record<ErasureReceipt['class'], string> = { member: t`A person`, messages: t`Messages past their time`, organisation: t`The organisation` }
  return (of) => names[of.class]
}

function countOf({ rows }: ErasureReceipt) {
  return Object.values(rows).reduce((sum, count) => sum + count, 0)
}
