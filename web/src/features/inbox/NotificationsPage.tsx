/** Everything that was meant for me, newest first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { AtSign, CheckCheck, Info, Megaphone, ShieldAlert, Users } from 'lucide-react'
import { Link } from 'react-aria-components'
import { keyOf, mutation, pages, rowsOf } from '~/api/client'
import type { Notification } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { dayAndClock, shortly } from '~/lib/dates'
import { useIsOn } from '~/shell/applications'
import { links } from '~/shell/links'
import { MemberName } from '~/shell/MemberName'
import { useMembersById, type MembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { Button, ButtonLink } from '~/ui/Button'
import { Icon, type LucideIcon } from '~/ui/Icon'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import styles from './NotificationsPage.module.css'

const SIGNS: Record<string, LucideIcon> = { mention: AtSign, added_to_group: Users, security: ShieldAlert }

const notifications = () => pages('/v1/notifications', { query: { limit: 50 } }, 'before')

export function NotificationsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(notifications())
  const rows = rowsOf<'/v1/notifications'>(found.data)
  const people = useMembersById(rows.flatMap((row) => [row.actor_id, leaverOf(row)]))
  const read = useMutation(mutation('post', '/v1/notifications/read', { stale: [keyOf('/v1/notifications')] }))
  const newest = rows[0]
  const hasAnnouncements = useIsOn()('announcements')
  return (
    <div className={styles.page}>
      <PageTitle>{t`Notifications`}</PageTitle>
      <PageHead
        width="narrow"
        title={t`Notifications`}
        actions={
          <>
            {hasAnnouncements && <ButtonLink icon={Megaphone} href={links.announcements(slug)}><Trans>Announcements</Trans></ButtonLink>}
            {newest && rows.some((row) => !row.is_read) && (
              <Button icon={CheckCheck} isPending={read.isPending} onPress={() => read.mutate({ body: { up_to: newest.id } })}>
                <Trans>Mark all as read</Trans>
              </Button>
            )}
          </>
        }
      />
      <PageBody width="narrow">
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton rows={5} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`Nothing for you`}><Trans>Mentions, new groups and notes about your sign-ins appear here.</Trans></EmptyState>
            ) : (
              <ul className={styles.list}>
                {rows.map((row) => (
                  <li key={row.id}>
                    <Row row={row} people={people} onOpen={() => !row.is_read && read.mutate({ body: { ids: [row.id] } })} />
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
        {found.hasNextPage && <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show older</Trans></Button>}
      </PageBody>
    </div>
  )
}

const isCopy = (row: Notification) => row.ref?.kind === 'personal_exports.personal_export'
const isImport = (row: Notification) => row.ref?.kind === 'identity.import'
/** Whoever is let in no more, when it is about that. */
const leaverOf = (row: Notification) => (row.ref?.kind === 'handover.member' ? row.ref.id : null)
const isPassed = (row: Notification) => row.text.startsWith('passed_')
const isPeer = (row: Notification) => row.ref?.kind === 'peers.connection'
const isVerification = (row: Notification) => row.ref?.kind === 'verification.request'
const isDisclosure = (row: Notification) => row.ref?.kind === 'verification.disclosure'
const isAnnouncement = (row: Notification) => row.ref?.kind === 'announcements.announcement'
const isRequest = (row: Notification) => row.ref?.kind === 'requests.subject_request'
/** Told to whoever made it; the others are told to those who answer. */
const isOwnRequest = (row: Notification) => row.text === 'subject_request_delayed' || row.text === 'subject_request_ended'
const isFrozen = (row: Notification) => row.ref?.kind === 'restrictions.restriction'
const isKept = (row: Notification) => row.ref?.kind === 'retention.chat'
const isAct = (row: Notification) => row.ref?.kind === 'directory.sensitive_act'

function Title({ row, people }: { row: Notification; people: MembersById }) {
  const name = <MemberName id={row.actor_id} people={people} otherwise={<Somebody />} />
  if (row.kind === 'mention') return <Trans>{name} mentioned you</Trans>
  if (row.kind === 'added_to_group') return <Trans>{name} added you to a group</Trans>
  if (row.kind === 'security') return <Trans>Sign-in on a new device</Trans>
  if (isAct(row)) return <Trans>A sensitive act</Trans>
  if (isRequest(row)) return isOwnRequest(row) ? <Trans>Your privacy request</Trans> : <Trans>A privacy request</Trans>
  if (isFrozen(row)) return row.text === 'restriction_review' ? <Trans>Frozen data</Trans> : <Trans>Your data</Trans>
  if (isPeer(row)) return <Trans>A peer organisation</Trans>
  if (isKept(row)) return <Trans>How long messages are kept</Trans>
  if (isVerification(row)) return <Trans>Verification</Trans>
  if (isAnnouncement(row)) return <Trans>{name} announced something</Trans>
  if (isImport(row)) return <Trans>Your import of people</Trans>
  if (isCopy(row)) return <Trans>A copy of your data</Trans>
  if (leaverOf(row) !== null) return <Trans>Hand-over of <MemberName id={leaverOf(row)} people={people} otherwise={<Somebody />} /></Trans>
  if (row.kind === 'system' && isPassed(row)) return <Trans>{name} handed something over to you</Trans>
  return <Trans>From the system</Trans>
}

function hrefOf(row: Notification, slug: string) {
  if (row.ref?.kind === 'chat.conversation') return links.conversation(slug, row.ref.id, row.ref.seq)
  if (row.kind === 'security') return links.settings(slug, 'devices')
  if (isAnnouncement(row)) return links.announcements(slug)
  const leaver = leaverOf(row)
  if (leaver !== null) return links.leaver(slug, leaver)
  if (row.ref?.kind === 'identity.import') return links.import(slug, row.ref.id)
  if (isCopy(row)) return links.settings(slug, 'privacy')
  if (isRequest(row)) return isOwnRequest(row) ? links.settings(slug, 'privacy') : links.admin(slug, 'requests')
  if (isFrozen(row)) return row.text === 'restriction_review' ? links.admin(slug, 'requests') : links.settings(slug, 'privacy')
  if (isPeer(row)) return links.admin(slug, 'peers')
  if (isKept(row)) return links.admin(slug, 'retention')
  if (isDisclosure(row) || isVerification(row)) return links.admin(slug, 'organisation')
  return isAct(row) ? links.admin(slug, 'decisions') : undefined
}

function Row({ row, people, onOpen }: { row: Notification; people: MembersById; onOpen: () => void }) {
  const { i18n, t } = useLingui()
  const slug = useSlug()
  const told: Record<string, string> = {
    act_asked: t`A second administrator is needed. You can approve or refuse it.`,
    act_done: t`It is done.`,
    act_refused: t`It was refused.`,
    act_cancelled: t`It was stopped.`,
    act_lapsed: t`Nobody approved it in time.`,
    act_failed: t`It was not possible any more.`,
    import_written: t`It is written. Its result can be fetched for 24 hours.`,
    import_failed: t`Nothing was written. Look at what stands in the way.`,
    personal_export_written: t`It is ready. You can download it for seven days, under Privacy statement.`,
    member_disabled: t`Disabled for a period. See what has to be handed over.`,
    member_removed: t`Removed, and erased in 14 days. See what has to be handed over.`,
    member_left: t`Has left, and is erased in 14 days. See what has to be handed over.`,
    announced: t`Read it under Announcements.`,
    announced_to_confirm: t`Read it under Announcements, and confirm that you have.`,
    let_in_again: t`You can sign in here again. What was handed over in the meantime stays with others.`,
    peer_asked: t`An organisation asks to be connected with yours. You can accept or decline it.`,
    peer_connected: t`An organisation you asked has accepted.`,
    peer_declined: t`An organisation you asked has declined.`,
    peer_ended: t`An organisation has ended the connection with yours.`,
    subject_request_received: t`Somebody asks your organisation about their data. It has to be answered within fifteen days.`,
    subject_request_past_target: t`Fifteen days are over and it is not answered. Tell whoever asked why.`,
    subject_request_past_limit: t`Fifteen working days are over and it is not answered. That is the limit.`,
    subject_request_delayed: t`It takes longer. Read why under Privacy statement.`,
    subject_request_ended: t`It has ended. Read the answer under Privacy statement.`,
    restriction_placed: t`It is frozen: kept, and not used otherwise. See what that does under Privacy statement.`,
    restriction_lifting: t`An administrator has said that it is used again in three days. Make a request if you do not agree.`,
    restriction_lifted: t`It is used again, as an administrator said three days ago.`,
    restriction_review: t`Somebody’s data has been frozen for thirty days. Look whether it still has to be.`,
    data_disclosed: t`The law made whoever runs this server hand something about your organisation to an authority. Read what it was under Verification.`,
    organisation_verified: t`Whoever runs this server has verified your organisation.`,
    organisation_not_verified: t`Whoever runs this server has not verified your organisation. Read why under Verification.`,
    verification_ended: t`Your organisation has another name and is verified no longer. Ask again under Verification.`,
    verification_sent_back: t`Your organisation has another name, so nobody decides on its request to be verified. Ask again under Verification.`,
    verification_lapsed: t`Nobody decided on your organisation’s request to be verified within 180 days. Its documents are erased.`,
    retention_shortened: t`Messages will be kept for a shorter time. Until it takes effect it can be taken back under Retention.`,
    retention_cancelled: t`The shorter time for messages was taken back. Everything stays as it is.`,
    passed_chat_group: t`A group is yours now.`,
    passed_directory_leadership: t`You lead a department now.`,
    passed_directory_role: t`You have a role now.`,
    passed_contacts_shared: t`Shared contacts are yours now.`,
  }
  const text = row.kind === 'security' ? t`Not you? End that sign-in and change your password.` : row.kind === 'system' ? (told[row.text] ?? row.text) : row.text
  const href = hrefOf(row, slug)
  return (
    <Link href={href} className={styles.row} data-unread={!row.is_read || undefined} onPress={onOpen}>
      <span className={styles.sign} data-kind={row.kind}>
        <Icon icon={isAnnouncement(row) ? Megaphone : (SIGNS[row.kind] ?? Info)} size={19} />
      </span>
      <span className="grow">
        <span className={styles.title}><Title row={row} people={people} /></span>
        {text && <span className={styles.text} dir="auto">{untwisted(text)}</span>}
      </span>
      <time className={styles.time} dateTime={row.at} title={dayAndClock(row.at, i18n.locale)}>{shortly(row.at, i18n.locale)}</time>
      {!row.is_read && <span className={styles.dot}><span className="hidden-visually">{t`unread`}</span></span>}
    </Link>
  )
}
