/** Where I am signed in, and who tried. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { call, rowsOf } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { SignInRecord } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Icon } from '~/ui/Icon'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { deviceSessions, signIns } from './queries'
import styles from './settings.module.css'

export function DevicesPage() {
  const { t } = useLingui()
  const slug = useSlug()
  return (
    <>
      <PageTitle>{t`Devices and sign-ins`}</PageTitle>
      <PageHead title={t`Devices and sign-ins`} back={links.me(slug)} lead={<PrivacyLine seenBy={t`You; that you signed in or were refused, when, from where and with what, also whoever reads the audit log`} />} />
      <PageBody>
        <Devices />
        <History />
      </PageBody>
    </>
  )
}

function Devices() {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const found = useQuery(deviceSessions())
  const [isAsking, setAsking] = useState(false)
  const answered = {
    onSuccess: async () => {
      setAsking(false)
      await queries.invalidateQueries({ queryKey: deviceSessions().queryKey })
      toast(t`Signed out there`)
    },
    onError: (error: unknown) => toast(textOf(error), { tone: 'bad' as const }),
  }
  const end = useMutation({ mutationFn: (session: string) => call('delete', '/v1/sessions/{session}', { path: { session } }, { organisation: null }), ...answered })
  const endOthers = useMutation({ mutationFn: () => call('delete', '/v1/sessions', {}, { organisation: null }), ...answered })
  // Programs have no name of their own: where they are tells them apart.
  const nameOf = ({ device, address }: { device: string; address: string }) => device || `${t`Unknown device`}, ${address}`
  const others = found.data?.items.filter((one) => !one.is_current).length ?? 0
  return (
    <Section
      title={t`Signed in on`}
      lead={t`Signing a device out closes its windows at once.`}
      actions={others > 0 && <Button onPress={() => setAsking(true)}><Trans>Sign out all others</Trans></Button>}
    >
      <QueryState of={found} skeleton={<Skeleton rows={3} />}>
        {({ items }) => (
          <ul className={styles.rows}>
            {items.map((one) => (
              <li key={one.id} className={styles.device}>
                <Icon icon={/iphone|android|mobile/i.test(one.device) ? Smartphone : Monitor} size={19} />
                <div className="grow">
                  <b>{one.device || t`Unknown device`}</b>
                  <small>
                    {one.is_current ? <Trans>{one.address} · in use now</Trans> : <Trans>{one.address} · last seen {dayAndClock(one.last_seen_at, i18n.locale)}</Trans>}
                  </small>
                </div>
                {one.is_current ? (
                  <Chip tone="ok"><Trans>this device</Trans></Chip>
                ) : (
                  <Button size="s" aria-label={t`Sign out ${nameOf(one)}`} isPending={end.isPending && end.variables === one.id} onPress={() => end.mutate(one.id)}>
                    <Trans>Sign out</Trans>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      <ConfirmDialog title={t`Sign out all other devices?`} confirm={t`Sign out all others`} isOpen={isAsking} onOpenChange={setAsking} isPending={endOthers.isPending} onConfirm={() => endOthers.mutate()}>
        <Trans>Their windows close at once. This device stays signed in.</Trans>
      </ConfirmDialog>
    </Section>
  )
}

function History() {
  const { t, i18n } = useLingui()
  const found = useInfiniteQuery(signIns())
  const rows = rowsOf<'/v1/sign-ins'>(found.data)
  return (
    <Section title={t`Sign-in history`} lead={t`If you do not recognise one, change your password.`}>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" rows={4} />}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t`No sign-ins yet`} />
          ) : (
            <Table
              label={t`Sign-in history`}
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'at', title: t`Time`, isHead: true, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
                { id: 'outcome', title: t`Result`, cell: (row) => <Outcome record={row} /> },
                { id: 'device', title: t`Device`, cell: (row) => row.device || t`Unknown device` },
                { id: 'address', title: t`Address`, cell: (row) => <span className="num">{row.address}</span> },
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
    </Section>
  )
}

function Outcome({ record }: { record: SignInRecord }) {
  if (record.outcome === 'ok') return record.is_new_device ? <Chip tone="info"><Trans>New device</Trans></Chip> : <Chip tone="ok"><Trans>Signed in</Trans></Chip>
  if (record.outcome === 'wrong_password') return <Chip tone="warn"><Trans>Wrong password</Trans></Chip>
  if (record.outcome === 'throttled') return <Chip tone="warn"><Trans>Too many tries</Trans></Chip>
  return <Chip tone="bad"><Trans>Suspended</Trans></Chip>
}
