/** The contacts of a list or a search, in the order of a phone book. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { rowsOf } from '~/api/client'
import type { OutsideContact } from '~/api/types'
import { colourOf } from '~/lib/names'
import { links } from '~/shell/links'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Avatar } from '~/ui/Avatar'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { ListRow } from '~/ui/ListRow'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { contacts, type ContactFilter } from './queries'
import styles from './contacts.module.css'

export function ContactList({ filter, current }: { filter: ContactFilter; current: string | undefined }) {
  const { t } = useLingui()
  const found = useInfiniteQuery(contacts(filter))
  const rows = rowsOf<'/v1/contacts'>(found.data)
  return (
    <div className={styles.scroll}>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton rows={6} />}>
        {() =>
          rows.length > 0 ? (
            <ul aria-label={t`Contacts`} className={styles.rows}>
              {rows.map((row) => <li key={row.id}><Row contact={row} isCurrent={row.id === current} /></li>)}
            </ul>
          ) : filter.query === undefined ? (
            <EmptyState title={t`No contacts yet`}><Trans>Add customers and others outside, or bring them in as vCards. You see your own and those shared with you.</Trans></EmptyState>
          ) : (
            <EmptyState kind="none" title={t`Nobody matches “${filter.query}”`}><Trans>Try the pinyin, the company, or three digits of the number.</Trans></EmptyState>
          )
        }
      </QueryState>
      {found.hasNextPage && (
        <div className={styles.more}>
          <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>
        </div>
      )}
    </div>
  )
}

function Row({ contact, isCurrent }: { contact: OutsideContact; isCurrent: boolean }) {
  const { t } = useLingui()
  const slug = useSlug()
  const { card } = contact
  const detail = [card.company, card.position].filter(Boolean).join(' · ') || card.phones?.[0]?.number || card.emails?.[0]?.address || ''
  return (
    <ListRow
      href={links.contact(slug, contact.id)}
      isCurrent={isCurrent}
      isRoomy
      start={<Avatar name={card.name} colour={colourOf(contact.id)} size={36} isExternal />}
      title={card.name}
      detail={detail}
      end={
        <span className={styles.marks}>
          {contact.shared_with.length > 0 && <Chip icon={Users}>{t`shared`}</Chip>}
          {contact.kind === 'customer' && <Chip tone="accent">{t`Customer`}</Chip>}
        </span>
      }
    />
  )
}
