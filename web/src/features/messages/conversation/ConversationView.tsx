/** One conversation: its head, its messages, where one writes, and beside it what is known about the group. */
import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, memo, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { ColumnEdge } from '~/shell/ColumnEdge'
import { useStateFor } from '~/lib/useStateFor'
import { useColumn } from '~/shell/layout'
import { PageTitle } from '~/shell/PageTitle'
import { toast } from '~/ui/toast'
import { useMedia } from '~/lib/useMedia'
import type { Message } from '~/api/types'
import { Composer, type Paper } from '../composer/Composer'
import { DropZone } from '../composer/DropZone'
import { useCards } from '../cards'
import { useEntry, useMessages } from '../context'
import { FilesPanel } from '../files/FilesPanel'
import { filesPanel, useFilesPanel } from '../files/filesPanel'
import { GalleryProvider } from '../files/GalleryProvider'
import { PrintOut } from '../print/PrintOut'
import { ForwardDialog } from '../people/ForwardDialog'
import { GroupPanel } from '../group/GroupPanel'
import { useTitle } from '../names'
import { useMySettings } from '../useMySettings'
import { ConversationHeader } from './ConversationHeader'
import { MessageList } from './MessageList'
import { Missing } from './Missing'
import { panel, usePanel } from './panel'
import { TypingLine } from './TypingLine'
import { useUnreadLine } from './useUnreadLine'
import { useWindow } from './useWindow'
import { afresh, type Writing } from './writing'
import styles from './ConversationView.module.css'

interface Props {
  id: string
  /** A new one each time a place is gone to. */
  at: { seq: number } | null
}

const closePanel = () => panel.set(false)

/** From one conversation to the next its frame stays, and what belongs to one of them begins anew. */
export const ConversationView = memo(function ConversationView({ id, at }: Props) {
  const { t } = useLingui()
  const entry = useEntry(id)
  const title = useTitle(entry?.conversation)
  const view = useWindow(id)
  const line = useUnreadLine(id)
  const [writing, setWriting] = useStateFor<Writing>(id, useDrafted(id))
  const [forwarded, setForwarded] = useStateFor<Message | null>(id, () => null)
  const [target, setTarget] = useStateFor<{ seq: number } | null>(id, () => at)
  const isWide = useMedia('(min-width: 1280px)')
  const areFilesOpen = useFilesPanel()
  const isPanelOpen = usePanel(isWide) && entry?.conversation.kind === 'group' && !areFilesOpen
  const widths: Record<string, string> = { '--panel': `${useColumn('panel')}px` }
  const style: CSSProperties = widths
  useMarkSeen(id)
  const { goTo, goToDay, goLive } = view
  const { clear } = line
  const [sends, setSends] = useState(0)
  const sent = useCallback(() => {
    clear()
    goLive()
    setSends((before) => before + 1)
  }, [clear, goLive])
  const paper = useMemo<Paper | null>(() => (entry ? { entry, title, writing, onWriting: setWriting, onSent: sent } : null), [entry, title, writing, setWriting, sent])
  // Whoever opens a conversation looks at its messages first: where one writes, the panel and the window's title follow.
  const beside = useDeferredValue(paper)
  const jump = useCallback((seq: number) => {
    goTo(seq).then(
      (found) => setTarget({ seq: found }),
      () => toast(t`That place could not be loaded. Try again in a moment.`, { tone: 'bad' }),
    )
  }, [goTo, setTarget, t])
  useEffect(() => {
    if (at !== null) jump(at.seq)
  }, [at, jump])
  const showDay = useCallback((day: string) => void goToDay(day).then((seq) => seq !== null && setTarget({ seq })), [goToDay, setTarget])
  const follow = useCards()
  const reply = useCallback((to: Message) => setWriting({ reply: to.seq, edited: null }), [setWriting])
  const edit = useCallback((edited: Message) => setWriting((writing) => ({ ...writing, edited })), [setWriting])
  if (!entry) return <Missing key={id} id={id} />
  return (
    <GalleryProvider of={id} onJump={jump}>
      <div className={styles.view} data-panel={isPanelOpen || areFilesOpen || undefined} style={style} onClick={follow} role="presentation">
        <PageTitle>{beside?.title || t`Messages`}</PageTitle>
        <DropZone className={styles.main} entry={entry} title={title} takesFiles={writing.edited === null}>
          <ConversationHeader entry={entry} isPanelOpen={isPanelOpen} areFilesOpen={areFilesOpen} onDay={showDay} />
          <MessageList
            key={`log ${id}`}
            entry={entry}
            view={view}
            unreadAfter={line.after}
            target={target}
            sends={sends}
            onJump={jump}
            onReply={reply}
            onEdit={edit}
            onForward={setForwarded}
          />
          <TypingLine id={id} />
          {beside && <Composer key={`composer ${beside.entry.conversation.id}`} {...beside} />}
        </DropZone>
        {isWide && (isPanelOpen || areFilesOpen) && <ColumnEdge column="panel" property="--panel" side="after" />}
        {isPanelOpen && beside?.entry.conversation.kind === 'group' && <GroupPanel key={`group ${beside.entry.conversation.id}`} entry={beside.entry} onClose={closePanel} />}
        {areFilesOpen && <FilesPanel key={`files ${id}`} conversation={id} onClose={() => filesPanel.set(false)} onJump={jump} />}
        <PrintOut entry={entry} title={title} messages={view.messages} isPart={view.hasOlder || view.hasNewer} />
        <ForwardDialog message={forwarded} onClose={() => setForwarded(null)} />
      </div>
    </GalleryProvider>
  )
})

/** The answer that was being written when the draft was left. */
function useDrafted(id: string): () => Writing {
  const { engine } = useMessages()
  return () => ({ ...afresh, reply: engine.store.getState().entries.get(id)?.conversation.my.draft?.reply_to ?? null })
}

/** Opening a conversation that was marked unread takes the mark away. */
function useMarkSeen(id: string) {
  const { engine } = useMessages()
  const change = useMySettings(id)
  useEffect(() => {
    if (engine.store.getState().entries.get(id)?.conversation.my.is_marked_unread) change({ is_marked_unread: false })
    // Only at the moment of opening: marking it unread while it is open must stay.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [engine, id])
}
