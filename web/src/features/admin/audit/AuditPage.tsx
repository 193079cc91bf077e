/** Who did what, and what was refused. Ids only: the log holds no content. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Download, Info } from 'lucide-react'
import { useState } from 'react'
import { rowsOf } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { transfer } from '~/api/transfer'
import type { AuditEntry, AuditFormat, Department } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { saveFile } from '~/lib/saveFile'
import { links } from '~/shell/links'
import { MemberName } from '~/shell/MemberName'
import { departmentName, departments, useMembersById, type MembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import { useActNames } from '../actNames'
import styles from '../admin.module.css'
import { useApplicationWords } from '../applications/words'
import { audit } from '../queries'
import { AuditDialog } from './AuditDialog'
import { AuditFilters } from './AuditFilters'
import own from './audit.module.css'
import { detailsOf } from './details'
import { useFactNames } from './factNames'
import { filterOf, queryOf, type AuditSearch } from './filter'

const route = getRouteApi('/o/$slug/admin/audit')

export function AuditPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const search: AuditSearch = route.useSearch()
  const router = useRouter()
  const choose = (next: AuditSearch) => void router.navigate({ href: `${links.admin(slug, 'audit')}?${queryOf(next)}`, replace: true })
  const found = useInfiniteQuery(audit(filterOf(search)))
  const rows = rowsOf<'/v1/audit'>(found.data)
  const people = useMembersById(rows.map(detailsOf).flatMap((details) => [details.actor, details.member]))
  const all = useQuery(departments()).data?.items ?? []
  const { nameOfEntry } = useActNames()
  const [shown, setShown] = useState<AuditEntry | null>(null)
  const who = (row: AuditEntry) => <Actor of={row} people={people} />
  const about = (row: AuditEntry) => <Target of={row} people={people} all={all} />
  return (
    <>
      <PageTitle>{t`Audit log`}</PageTitle>
      <PageHead title={t`Audit log`} lead={<PrivacyLine seenBy={t`Whoever may read the audit log`} />} back={adminStart(slug)} actions={<Export search={search} />} />
      <PageBody>
        <AuditFilters search={search} onChange={choose} />
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" rows={8} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={Object.keys(search).length === 0 ? t`Nothing has happened yet` : t`Nothing matches`} />
            ) : (
              <Table
                label={t`Audit log`}
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
                  { id: 'who', title: t`Who`, cell: who },
                  { id: 'what', title: t`What`, isHead: true, cell: (row) => <span className={own.what}>{nameOfEntry(row)}{typeof row.rule === 'string' && <Chip tone="plain"><Trans>instruction</Trans></Chip>}</span> },
                  { id: 'whom', title: t`About`, cell: about },
                  { id: 'outcome', title: t`Outcome`, cell: (row) => (row.outcome === 'done' ? <Chip tone="ok"><Trans>done</Trans></Chip> : <Chip tone="bad"><Trans>refused</Trans></Chip>) },
                  { id: 'more', title: t`Details`, isTitleHidden: true, isNumber: true, cell: (row) => <IconButton icon={Info} size="s" label={t`Details: ${nameOfEntry(row)}`} onPress={() => setShown(row)} /> },
                ]}
              />
            )
          }
        </QueryState>
        {found.hasNextPage && (
          <div className={styles.end}>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show older</Trans></Button>
          </div>
        )}
      </PageBody>
      {shown && <AuditDialog of={shown} who={who(shown)} about={about(shown)} departments={all} onClose={() => setShown(null)} />}
    </>
  )
}

/** Takes away what the filter leaves; that somebody did is a line itself. */
function Export({ search }: { search: AuditSearch }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const take = useMutation({
    mutationFn: async (format: AuditFormat) => {
      const answer = await transfer('/v1/audit/export', { json: { format, filter: filterOf(search) } })
      return { file: await answer.blob(), format }
    },
    onSuccess: ({ file, format }) => saveFile(file, `audit.${format}`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  return (
    <Menu label={t`Export`} trigger={<Button icon={Download} isPending={take.isPending}><Trans>Export</Trans></Button>}>
      <MenuItem onAction={() => take.mutate('csv')} detail={t`For a spreadsheet program`}>CSV</MenuItem>
      <MenuItem onAction={() => take.mutate('jsonl')} detail={t`For other programs`}>JSON Lines</MenuItem>
    </Menu>
  )
}

function Actor({ of, people }: { of: AuditEntry; people: MembersById }) {
  const { kind, actor } = detailsOf(of)
  if (kind === 'system') return <Trans>The system</Trans>
  if (kind === 'operator') return <Trans>The operator</Trans>
  if (kind === 'visitor') return <Trans>Somebody not signed in</Trans>
  if (kind === 'application') return <Trans>A service token</Trans>
  return <MemberName id={actor} people={people} otherwise={actor?.slice(-6) ?? '–'} />
}

function Target({ of, people, all }: { of: AuditEntry; people: MembersById; all: readonly Department[] }) {
  const { t } = useLingui()
  const wordsOf = useApplicationWords()
  // A kind is a field of the event, and each of those has a word.
  const factOf = useFactNames()
  const application = of.data['application']
  if (!of.target) return typeof application === 'string' ? wordsOf(application).name : '–'
  const { kind, id } = of.target
  const nouns: Record<string, string> = { department: t`Department`, role: t`Role`, conversation: t`Conversation`, invitation: t`Invitation`, act: t`Sensitive act`, import: t`Import`, token: t`Service token`, hint: t`Hint`, people_group: t`Directory group` }
  if (kind === 'member') return <MemberName id={id} people={people} otherwise={id.slice(-6)} />
  const name = kind === 'department' ? departmentName(all, id) : undefined
  return name === undefined ? `${nouns[kind] ?? factOf(kind)} ${id.slice(-6)}` : <bdi>{name}</bdi>
}
