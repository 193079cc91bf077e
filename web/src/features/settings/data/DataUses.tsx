/** What others did with my data, as the audit log has it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { DataUse } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById, type MembersById } from '~/shell/members'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { Somebody } from '~/shell/Somebody'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { dataUses } from '../queries'

export function DataUses() {
  const { t, i18n } = useLingui()
  const found = useInfiniteQuery(dataUses())
  const rows = rowsOf<'/v1/me/data-uses'>(found.data)
  const people = useMembersById(rows.map((row) => row.member))
  const wordsOf = useUseWords()
  return (
    <Section title={t`Who did something with my data`} lead={t`Changes to your data, your roles and your access by others, as long as the audit log keeps them.`}>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" rows={3} />}>
        {() =>
          rows.length === 0 && !found.hasNextPage ? (
            <EmptyState title={t`Nobody changed anything`}><Trans>When an administrator changes your data, your roles or your access, it appears here.</Trans></EmptyState>
          ) : (
            <Table
              label={t`Who did something with my data`}
              rows={rows}
              rowKey={(row) => String(row.line)}
              columns={[
                { id: 'who', title: t`Who`, isHead: true, cell: (row) => <Doer of={row} people={people} /> },
                { id: 'what', title: t`What`, cell: (row) => wordsOf[row.kind] },
                { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
              ]}
            />
          )
        }
      </QueryState>
      {found.hasNextPage && <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>}
    </Section>
  )
}

function Doer({ of, people }: { of: DataUse; people: MembersById }) {
  if (of.by === 'program') return <Trans>A service token</Trans>
  if (of.by === 'operator') return <Trans>The operator</Trans>
  if (of.by === 'system') return <Trans>The system</Trans>
  return <MemberName id={of.member} people={people} otherwise={<Somebody />} />
}

function useUseWords(): Record<DataUse['kind'], string> {
  const { t } = useLingui()
  return {
    added: t`Added me to the organisation`,
    changed: t`Changed my data`,
    suspended: t`Suspended me`,
    resumed: t`Let me in again`,
    disabled: t`Disabled me`,
    role_given: t`Gave me a role`,
    role_taken: t`Took a role from me`,
    password_made: t`Made me a new password`,
  }
}
