/** How the server is, in a few numbers and checks. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { Health, HealthCheck } from '~/api/types'
import { bytes, dayAndClock } from '~/lib/dates'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { adminStart } from './AdminLayout'
import styles from './admin.module.css'
import { useDriftWords } from './dataMap/useDriftWords'
import { health } from './queries'

export function HealthPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(health())
  return (
    <>
      <PageTitle>{t`Health`}</PageTitle>
      <PageHead title={t`Health`} lead={t`Read again every half minute.`} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" />}>
          {(now) => (
            <>
              <Section><Numbers now={now} /></Section>
              <Section title={t`Checks`}>
                <ul className={styles.checks}>
                  {now.checks.map((check) => (
                    <Check key={check.id} check={check} drifts={now.drifts} />
                  ))}
                </ul>
              </Section>
            </>
          )}
        </QueryState>
      </PageBody>
    </>
  )
}

function Numbers({ now }: { now: Health }) {
  const { i18n, t } = useLingui()
  const used = now.disk.total_bytes === 0 ? 0 : 1 - now.disk.free_bytes / now.disk.total_bytes
  const free = bytes(now.disk.free_bytes, i18n.locale)
  const total = bytes(now.disk.total_bytes, i18n.locale)
  return (
    <dl className={styles.cards}>
      <div className={styles.card}>
        <dt><Trans>Tulou</Trans></dt>
        <dd>{now.version}<small><Trans>since {dayAndClock(now.started_at, i18n.locale)}</Trans></small></dd>
      </div>
      <div className={styles.card}>
        <dt><Trans>Open windows</Trans></dt>
        <dd>{now.sockets.toLocaleString(i18n.locale)}</dd>
      </div>
      <div className={styles.card}>
        <dt>PostgreSQL {now.database.version}</dt>
        <dd>{bytes(now.database.size_bytes, i18n.locale)}<small>{now.database.is_private ? t`of data; its own, not on the network` : t`of data; external`}</small></dd>
      </div>
      <div className={styles.card}>
        <dt><Trans>Disk</Trans></dt>
        <dd><Trans>{free} free</Trans><small><Trans>of {total}</Trans></small></dd>
        <div className={styles.bar} aria-hidden="true"><i style={{ inlineSize: `${Math.round(used * 100)}%` }} /></div>
      </div>
      <div className={styles.card}>
        <dt><Trans>Files</Trans></dt>
        <dd>{now.files.kind === 'folder' ? t`in the data directory` : t`in a bucket (S3)`}<FreeRoom of={now.files.free_bytes} /></dd>
      </div>
    </dl>
  )
}

function FreeRoom({ of }: { of: number | null | undefined }) {
  const { i18n } = useLingui()
  if (of === null || of === undefined) return null
  const free = bytes(of, i18n.locale)
  return <small><Trans>{free} free</Trans></small>
}

function Check({ check, drifts }: { check: HealthCheck; drifts: number }) {
  const { t } = useLingui()
  const otherwise = useDriftWords().count(drifts)
  const names: Record<string, string> = {
    disk: t`Room on the disk`,
    files: t`Store of files`,
    jobs: t`Jobs of the last day`,
    reality: t`Database and data map`,
    transport: t`Encrypted connections`,
  }
  const details: Record<string, string> = {
    'disk.fine': t`enough`,
    'disk.nearly_full': t`little left`,
    'disk.full': t`full: nothing new can be stored`,
    'files.fine': t`there and answers`,
    'files.not_writable': t`the folder cannot be written`,
    'files.no_space': t`no room left: nothing new can be stored`,
    'files.no_bucket': t`there is no such bucket`,
    'files.store_refused': t`the bucket refuses the key`,
    'files.store_unavailable': t`the bucket does not answer`,
    'jobs.fine': t`none failed`,
    'jobs.failed': t`some failed, see Jobs`,
    'reality.fine': t`the same, as of the last day`,
    'reality.drifts': otherwise,
    'reality.not_yet': t`not compared yet`,
    'reality.overdue': t`not compared for more than 36 hours`,
    'transport.tls': t`TLS is on`,
    'transport.this_machine_only': t`no TLS: reachable only from this machine`,
  }
  const signs = {
    ok: <Chip tone="ok" icon={CircleCheck}><Trans>good</Trans></Chip>,
    warn: <Chip tone="warn" icon={TriangleAlert}><Trans>look at this</Trans></Chip>,
    bad: <Chip tone="bad" icon={CircleX}><Trans>broken</Trans></Chip>,
  }
  return (
    <li className={styles.check}>
      <span className="grow">{names[check.id] ?? check.id}<span className={styles.count}> · {details[check.detail_code] ?? check.detail_code}</span></span>
      {signs[check.state]}
    </li>
  )
}
