/** Who has not confirmed an announcement that must be confirmed. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { WrittenAnnouncement } from '~/api/types'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { QueryState } from '~/shell/QueryState'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import styles from '../admin.module.css'
import { unconfirmed } from '../queries'
import { ShowMore } from '../ShowMore'

export function UnconfirmedDialog({ announcement, onClose }: { announcement: WrittenAnnouncement; onClose: () => void }) {
  const { t } = useLingui()
  const found = useInfiniteQuery(unconfirmed(announcement.id))
  const members = rowsOf<'/v1/announcements/{announcement}/unconfirmed'>(found.data)
  const unseen = found.data?.pages[0]?.unseen_count ?? 0
  return (
    <Dialog title={t`Who has not confirmed`} size={560} isOpen onOpenChange={onClose} footer={<Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>}>
      <QueryState of={found} skeleton={<Skeleton kind="table" rows={5} />}>
        {() =>
          members.length === 0 ? (
            unseen === 0 && <EmptyState kind="none" title={announcement.audience_count === 0 ? t`It concerns nobody now` : t`Everyone has confirmed it`} />
          ) : (
            <ul className={styles.names} aria-label={t`Who has not confirmed`}>
              {members.map((member) => (
                <li key={member.id} className={styles.person}>
                  <MemberAvatar member={member} size={28} />
                  <span className="grow ellipsis"><bdi>{member.name}</bdi>{member.position && <small>{member.position}</small>}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {unseen > 0 && <p className={styles.count}><Plural value={unseen} one="# person whom you do not see has not confirmed it" other="# people whom you do not see have not confirmed it" /></p>}
      <ShowMore of={found} />
    </Dialog>
  )
}
