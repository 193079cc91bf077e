/** The roles, who has them, and giving them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus, UserCheck } from 'lucide-react'
import { useState } from 'react'
import type { AccessRole } from '~/api/types'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { roles } from '../queries'
import { GiveDialog } from './GiveDialog'
import { HoldersDialog } from './HoldersDialog'
import { RoleDialog } from './RoleDialog'
import { RoleMenu } from './RoleMenu'
import { useRoleDetail, useRoleName } from './words'

type Asking = { what: 'give' | 'holders' | 'write'; role?: AccessRole } | null

export function RolesPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(roles())
  const nameOf = useRoleName()
  const detailOf = useRoleDetail()
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const all = found.data
  const canGive = all?.items.some((role) => role.can.give) === true
  return (
    <>
      <PageTitle>{t`Roles`}</PageTitle>
      <PageHead
        title={t`Roles`}
        lead={t`A role says what somebody may do, for the whole organisation or for some departments. Nobody gives more than they hold.`}
        back={adminStart(slug)}
        actions={
          <>
            {all?.can_create === true && <Button icon={Plus} onPress={() => setAsking({ what: 'write' })}><Trans>New role</Trans></Button>}
            {canGive && <Button variant="primary" icon={UserCheck} onPress={() => setAsking({ what: 'give' })}><Trans>Give a role</Trans></Button>}
          </>
        }
      />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={6} />}>
          {({ items }) => (
            <Table
              label={t`Roles`}
              rows={items}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'name',
                  title: t`Role`,
                  isHead: true,
                  cell: (row) => (
                    <span className={styles.person}>
                      <span className="grow">
                        {nameOf(row)}
                        {detailOf(row) !== undefined && <small>{detailOf(row)}</small>}
                      </span>
                    </span>
                  ),
                },
                { id: 'kind', title: t`Kind`, cell: (row) => (row.built_in ? <Chip><Trans>built in</Trans></Chip> : <Chip tone="accent"><Trans>your own</Trans></Chip>) },
                { id: 'opens', title: t`Permissions`, isNumber: true, cell: (row) => row.permissions.length },
                { id: 'who', title: t`People`, isNumber: true, cell: (row) => <Button size="s" onPress={() => setAsking({ what: 'holders', role: row })} aria-label={t`Who is ${nameOf(row)}: ${row.grants}`}>{row.grants}</Button> },
                { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => <RoleMenu role={row} name={nameOf(row)} onAsk={(what) => setAsking({ what, role: row })} /> },
              ]}
            />
          )}
        </QueryState>
      </PageBody>
      {all && asking?.what === 'give' && <GiveDialog roles={all} role={asking.role} onClose={close} />}
      {all && asking?.what === 'write' && <RoleDialog roles={all} role={all.items.find((one) => one.id === asking.role?.id) ?? asking.role} onClose={close} />}
      {asking?.what === 'holders' && asking.role && <HoldersDialog role={asking.role} onClose={close} />}
    </>
  )
}
