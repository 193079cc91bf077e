/** What an administrator sees first: what waits for them, and how things stand, in numbers that are nobody's. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import { bytes } from '~/lib/dates'
import { openActs } from '~/shell/acts'
import { links, type AdminPage } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay, useMayImport, useOpened, useOrganisationName } from '~/shell/session'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { adminStart } from '../AdminLayout'
import admin from '../admin.module.css'
import { myImports } from '../imports/queries'
import { filePolicy, handOvers, health, invitations, jobs, peopleCount } from '../queries'
import { LISTED, queryOf, type Listed } from '../people/filter'
import { PeopleLimit } from '../people/PeopleLimit'
import { useStateNames } from '../people/words'
import { ActivityChart } from './ActivityChart'

export function OverviewPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const may = useMay()
  const isOpened = useOpened()
  const name = useOrganisationName()
  return (
    <>
      <PageTitle>{t`Overview`}</PageTitle>
      <PageHead title={t`Overview`} lead={name} back={adminStart(slug)} />
      <PageBody>
        <Section title={t`Waits for somebody`}><Waiting /></Section>
        {may('people.see') && <Section title={t`People`}><People /></Section>}
        {may('organisation.edit') && <Section title={t`Messages a day`} lead={t`The last 30 days, counted once an hour. Who wrote to whom is in no number.`}><ActivityChart /></Section>}
        {(isOpened('files') || isOpened('health')) && (
          <Section title={t`Server`}>
            <dl className={admin.cards}>
              {isOpened('files') && <Files />}
              {isOpened('health') && <Server />}
            </dl>
          </Section>
        )}
      </PageBody>
    </>
  )
}

function People() {
  const names = useStateNames()
  return (
    <>
      <dl className={admin.cards} data-counts="">{LISTED.map((state) => <Count key={state} state={state} label={names[state]} />)}</dl>
      <PeopleLimit />
    </>
  )
}

/** Leads to those who are counted. */
function Count({ state, label }: { state: Listed; label: string }) {
  const { i18n } = useLingui()
  const slug = useSlug()
  const found = useQuery(peopleCount(state))
  return (
    <div className={admin.card}>
      <dt>{label}</dt>
      <dd>{found.data ? <Link isQuiet href={`${links.admin(slug, 'people')}?${queryOf({ state })}`} aria-label={`${label}: ${found.data.count.toLocaleString(i18n.locale)}`}>{found.data.count.toLocaleString(i18n.locale)}</Link> : '–'}</dd>
    </div>
  )
}

function Files() {
  const { i18n } = useLingui()
  const found = useQuery(filePolicy()).data
  if (!found) return null
  const used = bytes(found.used_bytes, i18n.locale)
  const quota = bytes(found.room_bytes, i18n.locale)
  const share = Math.min(100, Math.round((100 * found.used_bytes) / Math.max(1, found.room_bytes)))
  return (
    <div className={admin.card}>
      <dt><Trans>Files</Trans></dt>
      <dd>{used}<small>{found.room_bytes < found.quota_bytes ? <Trans>of {quota}, the limit of whoever runs this server</Trans> : <Trans>of {quota}</Trans>}</small></dd>
      <div className={admin.bar} aria-hidden="true"><i style={{ inlineSize: `${share}%` }} /></div>
    </div>
  )
}

function Server() {
  const { i18n } = useLingui()
  const found = useQuery(health()).data
  if (!found) return null
  const free = bytes(found.disk.free_bytes, i18n.locale)
  return (
    <>
      <div className={admin.card}>
        <dt><Trans>Tulou</Trans></dt>
        <dd>{found.version}</dd>
      </div>
      <div className={admin.card}>
        <dt><Trans>Open windows</Trans></dt>
        <dd>{found.sockets.toLocaleString(i18n.locale)}</dd>
      </div>
      <div className={admin.card}>
        <dt><Trans>Disk</Trans></dt>
        <dd><Trans>{free} free</Trans></dd>
      </div>
    </>
  )
}

/** Each line leads to where it is done. */
function Waiting() {
  const { t } = useLingui()
  const slug = useSlug()
  const isOpened = useOpened()
  const acts = useQuery({ ...openActs(), enabled: isOpened('decisions') })
  const imports = useInfiniteQuery({ ...myImports(), enabled: useMayImport() })
  const open = useQuery({ ...invitations(), enabled: isOpened('invitations') })
  const leavers = useInfiniteQuery({ ...handOvers(), enabled: isOpened('leavers') })
  const state = useQuery({ ...health(), enabled: isOpened('health') })
  const runs = useInfiniteQuery({ ...jobs(), enabled: isOpened('jobs') })
  const policy = useQuery({ ...filePolicy(), enabled: isOpened('files') })
  const bad = state.data?.checks.filter((check) => check.state !== 'ok').length ?? 0
  const failed = new Set(rowsOf<'/v1/jobs'>(runs.data).filter((run) => run.state === 'failed').map((run) => run.name)).size
  const ready = rowsOf<'/v1/imports'>(imports.data).filter((one) => one.state === 'ready').length
  const unsettled = rowsOf<'/v1/hand-overs'>(leavers.data).filter((one) => one.open_count > 0).length
  const isFull = policy.data !== undefined && policy.data.used_bytes >= 0.9 * policy.data.room_bytes
  const lines: [AdminPage, number, string][] = [
    ['decisions', acts.data?.items.length ?? 0, t`Decisions that wait for a second administrator or for their day`],
    ['leavers', unsettled, t`Leavers whose work is not handed over yet`],
    ['people', ready, t`Imports that are looked through and not written yet`],
    ['invitations', open.data?.items.filter((one) => one.state === 'open').length ?? 0, t`Invitations that are open`],
    ['health', bad, t`Checks of the server that are not as they should be`],
    ['jobs', failed, t`Kinds of jobs that failed`],
    ['files', isFull ? 1 : 0, t`Little room is left for files`],
  ]
  const shown = lines.filter(([, count]) => count > 0)
  const asked = [acts, imports, open, leavers, state, runs, policy].filter((one) => one.fetchStatus !== 'idle' || one.data !== undefined || one.error !== null)
  const refused = asked.find((one) => one.error !== null)
  return (
    <QueryState of={{ data: asked.every((one) => one.data !== undefined) ? shown : undefined, error: refused?.error ?? null, refetch: () => refused?.refetch() }} skeleton={<Skeleton rows={2} />}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title={t`Nothing waits`} />
        ) : (
          <ul className={admin.acts}>
            {rows.map(([page, count, what]) => (
              <li key={page} className={admin.act}>
                <span className="grow">{what}</span>
                <span>{count}</span>
                <Link href={page === 'people' ? links.import(slug) : links.admin(slug, page)}><Trans>Look</Trans></Link>
              </li>
            ))}
          </ul>
        )
      }
    </QueryState>
  )
}
