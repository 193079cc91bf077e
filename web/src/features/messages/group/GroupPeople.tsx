/** The faces of a group; all of them in a list of their own. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, Link, TooltipTrigger } from 'react-aria-components'
import { isUnreachable } from '~/api/error'
import type { Conversation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { links } from '~/shell/links'
import { useLiveState } from '~/shell/live'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { Icon } from '~/ui/Icon'
import { Tooltip } from '~/ui/Tooltip'
import { useChat, useFaces, useMessages, usePeople } from '../context'
import { conversationMembers } from '../queries'
import { AddPeople } from './AddPeople'
import { MembersDialog } from './MembersDialog'
import { useOut } from './useOut'
import styles from './GroupPanel.module.css'

const FACES = 14

export function GroupPeople({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const { slug, me } = useMessages()
  const [isAdding, setAdding] = useState(false)
  const [isListing, setListing] = useState(false)
  const { data: members, error } = useQuery(conversationMembers(conversation.id))
  const isMissing = !members && isUnreachable(error)
  const shown = useMemo(() => (members ?? []).slice(0, FACES).map((member) => member.member_id), [members])
  const people = usePeople(shown)
  useFaces(useMemo(() => shown.filter((id) => id !== me), [shown, me]))
  const outOf = useOut()
  const isConnected = useLiveState().status === 'online'
  const presence = useChat((state) => state.presence)
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h3><Trans>Members <span>{conversation.member_count}</span></Trans></h3>
        {!isMissing && <Button className={styles.more} onPress={() => setListing(true)}>{t`Show all`}</Button>}
      </div>
      {isMissing && <p className={styles.missing}><Trans>Who is in it shows once there is a connection.</Trans></p>}
      <div className={styles.faces}>
        {shown.map((id) => {
          const person = people.get(id)
          const state = presence.get(id)
          if (!person) return <span key={id} className={styles.face} style={{ inlineSize: 36, blockSize: 36 }} />
          const out = outOf(person)
          const label = out === null ? person.name : `${isolated(person.name)} · ${out}`
          return (
            <TooltipTrigger key={id} delay={300}>
              <Link className={styles.face} data-out={out !== null || undefined} href={links.person(slug, id)} aria-label={label}>
                <MemberAvatar member={person} size={36} presence={!isConnected || state === 'offline' ? undefined : state} />
              </Link>
              <Tooltip>{label}</Tooltip>
            </TooltipTrigger>
          )
        })}
        {!isMissing && conversation.can.add && (
          <TooltipTrigger delay={300}>
            <Button className={styles.add} aria-label={t({ message: 'Add people', context: 'to a group' })} onPress={() => setAdding(true)}>
              <Icon icon={Plus} />
            </Button>
            <Tooltip>{t({ message: 'Add people', context: 'to a group' })}</Tooltip>
          </TooltipTrigger>
        )}
      </div>
      {isAdding && <AddPeople conversation={conversation} inside={new Set((members ?? []).map((member) => member.member_id))} onClose={() => setAdding(false)} />}
      {isListing && <MembersDialog conversation={conversation} members={members ?? []} onClose={() => setListing(false)} />}
    </section>
  )
}
