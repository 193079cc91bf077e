/** Everybody in a group, what they are in it, and what one may change about that. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Crown, Ellipsis, ShieldCheck, ShieldOff, UserMinus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Link } from 'react-aria-components'
import { useProblemText } from '~/api/problems'
import type { Conversation, ConversationMember } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { Banner } from '~/ui/Banner'
import { Chip } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Dialog } from '~/ui/Dialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { SearchField } from '~/ui/SearchField'
import { useMessages, usePeople } from '../context'
import { Name } from '../names'
import { changeRole, removeMember, transfer } from '../queries'
import { useChange } from './useChange'
import { useOut } from './useOut'
import styles from './MembersDialog.module.css'

interface Props {
  conversation: Conversation
  members: readonly ConversationMember[]
  onClose: () => void
}

type Asked = { act: 'remove' | 'transfer'; member: string; name: string }

const ranks = { owner: 0, administrator: 1, member: 2 }

export function MembersDialog({ conversation, members, onClose }: Props) {
  const { t } = useLingui()
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const change = useChange(conversation.id)
  const textOf = useProblemText()
  const people = usePeople(useMemo(() => members.map((member) => member.member_id), [members]))
  const query = words.trim().toLocaleLowerCase()
  const shown = members
    .filter((member) => (people.get(member.member_id)?.name ?? '').toLocaleLowerCase().includes(query))
    .sort((a, b) => ranks[a.role] - ranks[b.role])
  const confirm = async () => {
    if (!asked) return
    const isRemoval = asked.act === 'remove'
    const act = () => (isRemoval ? removeMember(conversation.id, asked.member) : transfer(conversation.id, asked.member))
    await change.run(act)
    setAsked(null)
  }
  const who = isolated(asked?.name ?? '')
  return (
    <Dialog title={t`Members`} isOpen onOpenChange={onClose}>
      <div className={styles.body}>
        {change.error !== null && <Banner tone="bad" isAlert>{textOf(change.error)}</Banner>}
        <SearchField label={t`Find a member`} value={words} onChange={setWords} />
        <ul ref={list} tabIndex={-1} className={styles.list} aria-label={t`Members`}>
          {shown.map((member) => (
            <MemberRow
              key={member.member_id}
              conversation={conversation}
              member={member}
              onAsk={(act, name) => setAsked({ act, member: member.member_id, name })}
              onRole={(role) => void change.run(() => changeRole(conversation.id, member.member_id, role))}
            />
          ))}
        </ul>
      </div>
      <ConfirmDialog
        title={asked?.act === 'remove' ? t`Remove ${who}?` : t`Make ${who} the owner?`}
        confirm={asked?.act === 'remove' ? t({ message: 'Remove', context: 'from a group' }) : t`Make owner`}
        isDanger={asked?.act === 'remove'}
        isPending={change.isPending}
        isOpen={asked !== null}
        onOpenChange={() => setAsked(null)}
        onConfirm={() => void confirm()}
        home={() => list.current}
      >
        {asked?.act === 'remove' ? (
          <Trans>They can no longer read this group, on any device. The group sees that you removed them.</Trans>
        ) : (
          <Trans>You become an administrator and cannot take this back yourself. The group is told.</Trans>
        )}
      </ConfirmDialog>
    </Dialog>
  )
}

interface RowProps {
  conversation: Conversation
  member: ConversationMember
  onAsk: (act: Asked['act'], name: string) => void
  onRole: (role: 'administrator' | 'member') => void
}

function MemberRow({ conversation, member, onAsk, onRole }: RowProps) {
  const { t } = useLingui()
  const { me, slug } = useMessages()
  const person = usePeople([member.member_id]).get(member.member_id)
  const out = useOut()(person)
  const name = person?.name ?? ''
  const { can } = conversation
  const isOther = member.member_id !== me
  const mayRemove = can.remove && isOther && member.role !== 'owner'
  const mayRank = can.transfer && isOther
  const shown = (
    <>
      <MemberAvatar member={person ?? { id: member.member_id, name, colour: 8, avatar: null }} size={32} />
      <span className="ellipsis" dir="auto">{person ? name : <Name id={member.member_id} />}</span>
    </>
  )
  return (
    <li className={styles.row}>
      {person ? <Link className={styles.person} href={links.person(slug, person.id)}>{shown}</Link> : <span className={styles.person}>{shown}</span>}
      {out !== null && <Chip tone="warn" isTag>{out}</Chip>}
      {member.role === 'owner' && <Chip tone="accent" isTag>{t({ message: 'Owner', context: 'of a group' })}</Chip>}
      {member.role === 'administrator' && <Chip isTag>{t`Administrator`}</Chip>}
      {(mayRemove || mayRank) && (
        <Menu label={name} trigger={<IconButton icon={Ellipsis} size="s" label={t`More about ${name}`} />}>
          {mayRank && member.role === 'member' && <MenuItem icon={ShieldCheck} onAction={() => onRole('administrator')}>{t`Make administrator`}</MenuItem>}
          {mayRank && member.role === 'administrator' && <MenuItem icon={ShieldOff} onAction={() => onRole('member')}>{t`No longer administrator`}</MenuItem>}
          {mayRank && <MenuItem icon={Crown} onAction={() => onAsk('transfer', name)}>{t`Make owner`}</MenuItem>}
          {mayRemove && <MenuItem icon={UserMinus} isDanger onAction={() => onAsk('remove', name)}>{t({ message: 'Remove', context: 'from a group' })}</MenuItem>}
        </Menu>
      )}
    </li>
  )
}
