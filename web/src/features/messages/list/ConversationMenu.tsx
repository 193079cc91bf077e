/** What can be done with a conversation from the list. Each acts at once and can be done back. */
import { useLingui } from '@lingui/react/macro'
import { Bell, BellOff, Eraser, EyeOff, MailOpen, MessageCircleDashed, Pin, PinOff } from 'lucide-react'
import { useEffect } from 'react'
import { useEndHint } from '~/shell/hints'
import { ContextMenu, type Place } from '~/ui/ContextMenu'
import { MenuItem, MenuSeparator } from '~/ui/Menu'
import { type Entry, unread } from '../engine/entry'
import { useMyActs } from '../useMySettings'

interface Props {
  entry: Entry
  title: string
  place: Place | null
  /** The keys are about the open conversation. */
  hasKeys: boolean
  onClose: () => void
}

export function ConversationMenu({ entry, title, place, hasKeys, onClose }: Props) {
  const { t } = useLingui()
  const acts = useMyActs(entry.conversation.id)
  const { my } = entry.conversation
  const isWaiting = unread(entry) > 0 || my.is_marked_unread
  const endHint = useEndHint()
  useEffect(() => {
    if (place !== null) endHint('conversation_menu')
  }, [place, endHint])
  const hasDraft = Boolean(my.draft?.text)
  return (
    <ContextMenu label={title} header={title} place={place} onClose={onClose}>
      <MenuItem onAction={acts.pin} icon={my.is_pinned ? PinOff : Pin}>{my.is_pinned ? t`Unpin` : t`Pin to the top`}</MenuItem>
      <MenuItem onAction={acts.mute} icon={my.is_muted ? Bell : BellOff}>{my.is_muted ? t`Unmute` : t`Mute`}</MenuItem>
      <MenuItem onAction={acts.read} icon={isWaiting ? MailOpen : MessageCircleDashed} keys={hasKeys ? 'Mod ⇧ U' : undefined}>{isWaiting ? t`Mark as read` : t`Mark as unread`}</MenuItem>
      {hasDraft && <MenuItem onAction={acts.dropDraft} icon={Eraser}>{t`Delete the draft`}</MenuItem>}
      <MenuSeparator />
      <MenuItem onAction={acts.hide} icon={EyeOff}>{t`Hide`}</MenuItem>
    </ContextMenu>
  )
}
