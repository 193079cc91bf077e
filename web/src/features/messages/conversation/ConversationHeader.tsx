/** Who talks here, who can see it and how long it is kept. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, Bell, BellOff, CalendarDays, EllipsisVertical, FolderOpen, PanelRight, Pin, PinOff, Printer, Search, Timer } from 'lucide-react'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { Conversation } from '~/api/types'
import { useStateFor } from '~/lib/useStateFor'
import { useIsOn } from '~/shell/applications'
import { askAdministrator } from '~/shell/asking'
import { find } from '~/shell/finding'
import { links } from '~/shell/links'
import { IconButton } from '~/ui/IconButton'
import { usePrint } from '../print/usePrint'
import { Menu, MenuItem } from '~/ui/Menu'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { useIsPhone, useTakesTurns } from '~/lib/useMedia'
import { cardOf } from '../cards'
import { useMessages, usePerson } from '../context'
import type { Entry } from '../engine/entry'
import { filesPanel } from '../files/filesPanel'
import { useKeptFor } from '../keptFor'
import { ConversationAvatar, Title } from '../names'
import { useMyActs } from '../useMySettings'
import { DayDialog } from './DayDialog'
import { panel } from './panel'
import styles from './ConversationHeader.module.css'

interface Props {
  entry: Entry
  isPanelOpen: boolean
  areFilesOpen: boolean
  onDay: (at: string) => void
}

/** One panel stands beside the conversation, not two. */
function showGroup(isOpen: boolean) {
  filesPanel.set(false)
  panel.set(isOpen)
}

/** The palette, narrowed to what was said here. */
const findIn = (conversation: string) => find({ in: conversation, scope: 'messages' })

export const ConversationHeader = memo(function ConversationHeader({ entry, isPanelOpen, areFilesOpen, onDay }: Props) {
  const { t } = useLingui()
  const { slug } = useMessages()
  const { conversation } = entry
  const [isChoosingDay, setChoosingDay] = useStateFor(conversation.id, () => false)
  const tools = useMemo(() => ({ conversation, onDay: () => setChoosingDay(true) }), [conversation, setChoosingDay])
  // The buttons follow what they are about: whoever opens a conversation looks at its messages first.
  const settled = useDeferredValue(tools)
  const kept = useKeptFor(conversation.kept_days)
  const isGroup = conversation.kind === 'group'
  const peer = usePerson(conversation.peer_id)
  const isPhone = useIsPhone()
  const takesTurns = useTakesTurns()
  // Alone the conversation is the page; beside the list it is a part of it.
  const Heading = takesTurns ? 'h1' : 'h2'
  const title = <span className="ellipsis" dir="auto"><Title of={conversation} /></span>
  const seenBy = isGroup ? t`members only` : t`the two of you only`
  return (
    <header className={styles.head}>
      {takesTurns && <IconButton icon={ArrowLeft} size="touch" label={t`Back`} href={links.messages(slug)} />}
      {!isPhone && <ConversationAvatar conversation={conversation} size={36} />}
      <div className={styles.words}>
        <Heading className={styles.title}>
          {peer ? <a className={styles.person} {...cardOf(slug, peer.id)}>{title}</a> : title}
          {isPhone && isGroup && <span className={styles.count}>{conversation.member_count}</span>}
        </Heading>
        <div className={styles.line}>
          {!isPhone && isGroup && (
            <span className={styles.members}>
              <Plural value={conversation.member_count} one="# member" other="# members" />
            </span>
          )}
          <PrivacyLine keptFor={kept} seenBy={seenBy} />
        </div>
      </div>
      <Tools {...settled} isPanelOpen={isPanelOpen} areFilesOpen={areFilesOpen} />
      <DayDialog isOpen={isChoosingDay} onOpenChange={setChoosingDay} since={conversation.created_at} onChoose={onDay} />
    </header>
  )
})

interface ToolsProps {
  conversation: Conversation
  onDay: () => void
}

const Tools = memo(function Tools({ conversation, onDay, isPanelOpen, areFilesOpen }: ToolsProps & Pick<Props, 'isPanelOpen' | 'areFilesOpen'>) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const isGroup = conversation.kind === 'group'
  const searchesMessages = useIsOn()('message_search')
  // The buttons look the same beside every conversation: what they act on is asked for when they are pressed, and they are not drawn again.
  const about = useRef({ conversation, onDay })
  useEffect(() => {
    about.current = { conversation, onDay }
  }, [conversation, onDay])
  const search = useCallback(() => findIn(about.current.conversation.id), [])
  const chooseDay = useCallback(() => about.current.onDay(), [])
  const showFiles = useCallback(() => filesPanel.set(!areFilesOpen), [areFilesOpen])
  const showPanel = useCallback(() => showGroup(!isPanelOpen), [isPanelOpen])
  return (
    <>
        {!isPhone && searchesMessages && <IconButton icon={Search} label={t`Find in this conversation`} keys="Mod Shift F" onPress={search} />}
        {!isPhone && <IconButton icon={CalendarDays} label={t`Jump to a date`} onPress={chooseDay} />}
        {!isPhone && <IconButton icon={FolderOpen} label={t`Files and pictures`} isOn={areFilesOpen} onPress={showFiles} />}
        {!isPhone && isGroup && <IconButton icon={PanelRight} label={t`Group info`} isOn={isPanelOpen} onPress={showPanel} />}
        <More conversation={conversation} onDay={onDay} />
    </>
  )
})

function More({ conversation, onDay }: ToolsProps) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const acts = useMyActs(conversation.id)
  const searchesMessages = useIsOn()('message_search')
  const print = usePrint()
  const { is_muted, is_pinned } = conversation.my
  return (
    <Menu label={t`More`} trigger={<IconButton icon={EllipsisVertical} size={isPhone ? 'touch' : 'm'} label={t`More`} />}>
      {isPhone && conversation.kind === 'group' && (
        <MenuItem icon={PanelRight} onAction={() => showGroup(true)}>{t`Group info`}</MenuItem>
      )}
      {isPhone && searchesMessages && <MenuItem icon={Search} onAction={() => findIn(conversation.id)}>{t`Find in this conversation`}</MenuItem>}
      {isPhone && <MenuItem icon={FolderOpen} onAction={() => filesPanel.set(true)}>{t`Files and pictures`}</MenuItem>}
      {isPhone && <MenuItem icon={CalendarDays} onAction={onDay}>{t`Jump to a date`}</MenuItem>}
      <MenuItem icon={is_pinned ? PinOff : Pin} onAction={acts.pin}>
        {is_pinned ? <Trans>Unpin</Trans> : <Trans>Pin to the top</Trans>}
      </MenuItem>
      <MenuItem icon={is_muted ? Bell : BellOff} onAction={acts.mute}>
        {is_muted ? <Trans>Unmute</Trans> : <Trans>Mute</Trans>}
      </MenuItem>
      {!isPhone && <MenuItem icon={Printer} keys="Mod P" onAction={() => requestAnimationFrame(() => void print())}>{t`Print`}</MenuItem>}
      <MenuItem icon={Timer} onAction={() => askAdministrator('keeping')}>{t`Where is this kept, and for how long?`}</MenuItem>
    </Menu>
  )
}
