/** How many have read an own message, and who. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CheckCheck, Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { Message } from '~/api/types'
import { BackCloses } from '~/ui/BackCloses'
import { Icon } from '~/ui/Icon'
import { Sheet } from '~/ui/Sheet'
import { useIsPhone } from '~/lib/useMedia'
import { useChat, useMessages } from '../context'
import { conversationMembers } from '../queries'
import { useMessageActions } from './actions'
import { ReaderLists } from './ReaderLists'
import styles from './ReadState.module.css'

/** Members except the author who have read up to a message, by what the server said and what was heard since. Of whom it is not told nobody counts. */
function useReadCount(message: Message): { read: number; total: number } | null {
  const { me } = useMessages()
  const cursors = useChat((state) => state.cursors.get(message.conversation_id))
  const members = useQuery(conversationMembers(message.conversation_id)).data
  return useMemo(() => {
    if (!members) return null
    const others = members.filter((member) => member.member_id !== me && member.joined_at <= message.sent_at)
    const told = others.filter((member) => typeof member.read_seq === 'number')
    const read = told.filter((member) => Math.max(member.read_seq ?? 0, cursors?.get(member.member_id) ?? 0) >= message.seq)
    return { read: read.length, total: told.length }
  }, [members, cursors, me, message.seq, message.sent_at])
}

export function ReadState({ message }: { message: Message }) {
  const { t, i18n } = useLingui()
  const { entry } = useMessageActions()
  const count = useReadCount(message)
  const isPhone = useIsPhone()
  const [isOpen, setOpen] = useState(false)
  if (count === null || count.total === 0) return null
  const isRead = count.read > 0
  const isReadByAll = count.read >= count.total
  const icon = <Icon icon={isRead ? CheckCheck : Check} size={15} />
  if (entry.conversation.kind === 'direct') {
    return (
      <span className={styles.state} data-all={isRead || undefined}>
        {icon}
        {isRead ? <Trans context="receipt">Read</Trans> : <Trans>Not read yet</Trans>}
      </span>
    )
  }
  const [read, total] = [i18n.number(count.read), i18n.number(count.total)]
  const words = (
    <>
      {icon}
      {isReadByAll ? <Trans>All {total} read</Trans> : <Trans>{read}/{total} read</Trans>}
    </>
  )
  const lists = <ReaderLists conversation={message.conversation_id} seq={message.seq} />
  if (isPhone) {
    return (
      <>
        <Button className={styles.state} data-all={isReadByAll || undefined} onPress={() => setOpen(true)}>{words}</Button>
        <Sheet title={t`Who has read this`} isOpen={isOpen} onOpenChange={setOpen}>{lists}</Sheet>
      </>
    )
  }
  return (
    <DialogTrigger>
      <Button className={styles.state} data-all={isReadByAll || undefined}>{words}</Button>
      <Popover className={styles.popover} placement="top end" offset={4}>
        <BackCloses />
        <Dialog aria-label={t`Who has read this`} className={styles.dialog}>{lists}</Dialog>
      </Popover>
    </DialogTrigger>
  )
}
