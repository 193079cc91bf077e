/** What can be done with a conversation from the list. Each acts at once and can be done back. */
import { useLingui } from '@lingui/react/macro'
import { Bell, BellOff, EyeOff, MailOpen, MessageCircleDashed, Pin, PinOff } from 'lucide-react'
import { ContextMenu, type Place } from '~/ui/ContextMenu'
import { MenuItem, MenuSeparator } from '~/ui/Menu'
import { useMessages } from '../context'
import { type Entry, unread } from '../engine/entry'
import { useMySettings } from '../useMySettings'

interface Props {
  entry: Entry
  title: string
  place: Place | null
  onClose: () => void
}

export function ConversationMenu({ entry, title, place, onClose }: Props) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const change = useMySettings(entry.conversation.id)
  const { my } = entry.conversation
  const isWaiting = unread(entry) > 0 || my.is_marked_unread
  const act = (key: string | number) => {
    if (key === 'pin') change({ is_pinned: !my.is_pinned })
    if (key === 'mute') change({ is_muted: !my.is_muted })
    if (key === 'hide') change({ is_hidden: true }, { text: t`Hidden until the next message`, undo: { is_hidden: false } })
    if (key !== 'unread') return
    if (!isWaiting) change({ is_marked_unread: true })
    else if (unread(entry) > 0) engine.read(entry.conversation.id, entry.last.seq, entry.last.n)
    else change({ is_marked_unread: false })
  }
  const item = (id: string) => ({ id, onAction: () => act(id) })
  return (
    <ContextMenu label={title} header={title} place={place} onClose={onClose}>
      <MenuItem {...item('pin')} icon={my.is_pinned ? PinOff : Pin}>{my.is_pinned ? t`Unpin` : t`Pin to the top`}</MenuItem>
      <MenuItem {...item('mute')} icon={my.is_muted ? Bell : BellOff}>{my.is_muted ? t`Unmute` : t`Mute`}</MenuItem>
      <MenuItem {...item('unread')} icon={isWaiting ? MailOpen : MessageCircleDashed} keys="Mod ⇧ U">{isWaiting ? t`Mark as read` : t`Mark as unread`}</MenuItem>
      <MenuSeparator />
      <MenuItem {...item('hide')} icon={EyeOff}>{t`Hide`}</MenuItem>
    </ContextMenu>
  )
}
