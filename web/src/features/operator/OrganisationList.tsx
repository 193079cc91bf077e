/** The organisations of this server: how large, whether open, whether verified. Numbers, never what is in them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { HostedOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes, day } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table, type Column } from '~/ui/Table'
import { ConsoleState } from './ConsoleState'
import { FoundingDialog } from './FoundingDialog'
import styles from './operator.module.css'
import { OrganisationMenu } from './OrganisationMenu'
import { organisations } from './queries'
import { VerificationChip } from './VerificationChip'

export function OrganisationList() {
  const { t, i18n } = useLingui()
  const found = useInfiniteQuery(organisations())
  const [isFounding, setFounding] = useState(false)
  const rows = (found.data?.pages ?? []).flatMap((page) => page.items).map((one) => ({ ...one, name: organisationName(one, i18n.locale) }))
  return (
    <>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}><Trans>Organisations</Trans></h1>
          <p className={styles.quiet}><Trans>You see their size, never what is in them. What you do here stands in the audit log of the organisation.</Trans></p>
        </div>
        <Button variant="primary" icon={Plus} onPress={() => setFounding(true)}><Trans>New organisation</Trans></Button>
      </div>
      <ConsoleState of={found} skeleton={<Skeleton kind="table" rows={3} />}>
        {() => (rows.length === 0 ? <EmptyState title={t`No organisation yet`}><Trans>Make a code and hand it to whoever will own the first one.</Trans></EmptyState> : <Rows rows={rows} />)}
      </ConsoleState>
      {found.hasNextPage && <div className={styles.end}><Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button></div>}
      {isFounding && <FoundingDialog onClose={() => setFounding(false)} />}
    </>
  )
}

function Rows({ rows }: { rows: HostedOrganisation[] }) {
  const { t, i18n } = useLingui()
  const columns: Column<HostedOrganisation>[] = [
    { id: 'name', title: t`Organisation`, isHead: true, cell: (of) => <span className={styles.name}>{isolated(of.name)}<small>{of.slug}</small></span> },
    { id: 'people', title: t`People`, isNumber: true, cell: (of) => <Amount used={i18n.number(of.people)} most={of.most_people === undefined || of.most_people === null ? null : i18n.number(of.most_people)} /> },
    { id: 'storage', title: t`Storage`, isNumber: true, cell: (of) => <Amount used={bytes(of.used_bytes, i18n.locale)} most={of.most_bytes === undefined || of.most_bytes === null ? null : bytes(of.most_bytes, i18n.locale)} /> },
    { id: 'state', title: t`State`, cell: (of) => <State of={of} /> },
    { id: 'verification', title: t`Verification`, isWord: true, cell: (of) => <VerificationChip state={of.verification} /> },
    { id: 'acts', title: t`Actions`, isTitleHidden: true, cell: (of) => <OrganisationMenu of={of} /> },
  ]
  return <Table label={t`Organisations`} columns={columns} rows={rows} rowKey={(of) => of.id} />
}

function Amount({ used, most }: { used: string; most: string | null }) {
  return <span>{used}{most !== null && <span className={styles.of}> <Trans>of {most}</Trans></span>}</span>
}

/** Its owners decided it, and only they take it back. While it is suspended its day does not come. */
function Dissolving({ until, isHeld }: { until: string; isHeld: boolean }) {
  const { i18n } = useLingui()
  const on = day(until, i18n.locale)
  return (
    <span>
      <Chip tone="warn"><Trans>being dissolved</Trans></Chip>
      <span className={styles.quiet}> {isHeld ? <Trans>not erased while it is suspended</Trans> : <Trans>erased on {on}</Trans>}</span>
    </span>
  )
}

function State({ of }: { of: HostedOrganisation }) {
  const { i18n } = useLingui()
  if (of.suspended_at === undefined || of.suspended_at === null) return of.dissolves_at ? <Dissolving until={of.dissolves_at} isHeld={false} /> : <Chip tone="ok"><Trans>open</Trans></Chip>
  const since = day(of.suspended_at, i18n.locale)
  const reason = of.suspension_reason
  return (
    <div>
      <div>
        <Chip tone="warn"><Trans>suspended</Trans></Chip>
        <span className={styles.quiet}> {reason ? <Trans>since {since}: {reason}</Trans> : <Trans>since {since}</Trans>}</span>
      </div>
      {of.dissolves_at && <Dissolving until={of.dissolves_at} isHeld />}
    </div>
  )
}
