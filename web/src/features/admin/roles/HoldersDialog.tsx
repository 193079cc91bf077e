/** Who has a role, and for what; takes it away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { AccessRole, RoleGrant } from '~/api/types'
import { day } from '~/lib/dates'
import { actKeys } from '~/shell/acts'
import { MemberName } from '~/shell/MemberName'
import { departmentPath, departments, useMembersById } from '~/shell/members'
import { useProof } from '~/shell/ProveAgain'
import { QueryState } from '~/shell/QueryState'
import { Somebody } from '~/shell/Somebody'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Dialog } from '~/ui/Dialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { roleGrants, roleKeys } from '../queries'
import { useRoleName } from './words'

export function HoldersDialog({ role, onClose }: { role: AccessRole; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const name = useRoleName()(role)
  const found = useQuery(roleGrants(role.id))
  const people = useMembersById((found.data?.items ?? []).flatMap((grant) => [grant.member_id, grant.given_by]))
  const all = useQuery(departments()).data?.items ?? []
  const [asking, setAsking] = useState<RoleGrant | null>(null)
  const take = useMutation({
    mutationFn: (grant: RoleGrant) => call('delete', '/v1/role-grants/{grant}', { path: { grant: grant.id } }),
    onSuccess: async ({ act }) => {
      await markStale(queries, [...roleKeys(), ...actKeys()])
      toast(act ? t`Asked for. It waits under Decisions.` : t`Role taken away`)
    },
    onError: (error, grant) => {
      if (!proof.ask(error, () => take.mutate(grant))) toast(textOf(error), { tone: 'bad' })
    },
    onSettled: () => setAsking(null),
  })
  return (
    <>
      <Dialog title={t`Who has ${name}`} size={720} isOpen onOpenChange={onClose} footer={<Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>}>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={3} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState kind="none" title={t`Nobody has this role`} />
            ) : (
              <Table
                label={t`Who has ${name}`}
                rows={items}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'who', title: t`Person`, isHead: true, cell: (row) => <MemberName id={row.member_id} people={people} otherwise={<Somebody />} /> },
                  { id: 'for', title: t`For`, cell: (row) => (row.department_id ? <bdi>{departmentPath(all, row.department_id).join(' / ')}</bdi> : t`The whole organisation`) },
                  { id: 'by', title: t`Given by`, cell: (row) => (row.given_by ? <MemberName id={row.given_by} people={people} otherwise={<Somebody />} /> : t`Set-up`) },
                  { id: 'at', title: t`Since`, cell: (row) => <time dateTime={row.given_at}>{day(row.given_at, i18n.locale)}</time> },
                  { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => (row.can.take ? <Button size="s" variant="danger" onPress={() => setAsking(row)}><Trans>Take away</Trans></Button> : null) },
                ]}
              />
            )
          }
        </QueryState>
      </Dialog>
      <ConfirmDialog title={t`Take this role away?`} confirm={t`Take away`} isOpen={asking !== null} onOpenChange={() => setAsking(null)} isPending={take.isPending} onConfirm={() => asking && take.mutate(asking)}>
        {role.built_in === 'owner' ? <Trans>An owner stays one until a second administrator approves, or a day has gone by.</Trans> : <Trans>What it opened is closed at once. The audit log records that you did this.</Trans>}
      </ConfirmDialog>
      {proof.dialog}
    </>
  )
}
