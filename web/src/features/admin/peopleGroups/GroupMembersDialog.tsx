/** Who is in a group; begins a conversation with them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { MessageCircle } from 'lucide-react'
import { rowsOf } from '~/api/client'
import type { PeopleGroup } from '~/api/types'
import { beginWith } from '~/shell/begin'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { QueryState } from '~/shell/QueryState'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import styles from '../admin.module.css'
import { peopleGroupMembers } from '../queries'
import { ShowMore } from '../ShowMore'

export function GroupMembersDialog({ group, onClose }: { group: PeopleGroup; onClose: () => void }) {
  const { t } = useLingui()
  const found = useInfiniteQuery(peopleGroupMembers(group.id))
  const members = rowsOf<'/v1/people-groups/{group}/members'>(found.data)
  const begin = () => {
    onClose()
    beginWith({ members: [], departments: [], groups: [group] })
  }
  return (
    <Dialog
      title={t`Who is in ${group.name}`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button icon={MessageCircle} isDisabled={members.length === 0} onPress={begin}><Trans>Start a conversation</Trans></Button>
          <Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>
        </>
      }
    >
      <QueryState of={found} skeleton={<Skeleton kind="table" rows={5} />}>
        {() =>
          members.length === 0 ? (
            <EmptyState kind="none" title={t`Nobody is in this group`} />
          ) : (
            <ul className={styles.names} aria-label={t`Who is in ${group.name}`}>
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
      <ShowMore of={found} />
    </Dialog>
  )
}
