/** The list of conversations, filtered and in the order of what happened last. Only what is seen is drawn. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import { usePreferences } from '~/shell/preferences'
import { Button } from '~/ui/Button'
import { EmptyState, ErrorState } from '~/ui/State'
import { Skeleton } from '~/ui/Skeleton'
import { useIsPhone } from '~/lib/useMedia'
import { useChat, useMessages } from '../context'
import type { Entry } from '../engine/entry'
import { useNow } from '../useNow'
import { useTimes } from '../times'
import type { Listed } from '../useSteps'
import { ConversationRow } from './ConversationRow'
import type { Filter } from './filter'
import styles from './ConversationList.module.css'

interface Props {
  ref: Ref<Listed>
  entries: readonly Entry[]
  open: string | null
  filter: Filter
  query: string
  onShowAll: () => void
  onStart: () => void
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

export const ConversationList = memo(function ConversationList({ ref, entries, open, filter, query, onShowAll, onStart }: Props) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const listing = useChat((state) => state.listing)
  const scroller = useRef<HTMLDivElement>(null)
  const isPhone = useIsPhone()
  const isCompact = usePreferences((preferences) => preferences.density === 'compact')
  const height = isPhone ? 72 : isCompact ? 52 : 64
  const times = useTimes()
  const now = useNow(60_000)
  const keys = useMemo(() => entries.map((entry) => entry.conversation.id), [entries])
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled; the virtualizer draws again by itself
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 4,
    // The first drawing has rows already, as many as can be seen at most: nothing has to be measured before.
    initialRect: { width: 0, height: window.innerHeight },
    paddingStart: 2,
    paddingEnd: 8,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  useImperativeHandle(ref, () => ({ entries, reveal: (id) => virtual.scrollToIndex(keys.indexOf(id), { align: 'auto' }) }), [entries, keys, virtual])
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    // The keys of an open menu come by here as well.
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return
    if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return
    const here = event.target instanceof HTMLElement ? event.target.dataset.conversation : undefined
    const next = Math.min(keys.length - 1, Math.max(0, keys.indexOf(here ?? '') + step))
    event.preventDefault()
    virtual.scrollToIndex(next, { align: 'auto' })
    const link = () => scroller.current?.querySelector<HTMLElement>(`[data-conversation="${keys[next]}"]`)?.focus()
    requestAnimationFrame(link)
  }
  if (listing === 'loading' && entries.length === 0) return <Skeleton rows={9} />
  if (listing === 'failed' && entries.length === 0) {
    return (
      <ErrorState onRetry={() => engine.reload()}>
        <Trans>The list of conversations did not arrive.</Trans>
      </ErrorState>
    )
  }
  if (entries.length === 0) return <Nothing filter={filter} query={query} onShowAll={onShowAll} onStart={onStart} />
  return (
    <div ref={scroller} className={styles.scroller} onKeyDown={move} role="presentation">
      <ul className={styles.list} aria-label={t`Conversations`} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const entry = entries[item.index]
          if (!entry) return null
          return (
            <li key={item.key} className={styles.item} style={{ blockSize: height, transform: `translateY(${item.start}px)` }} aria-setsize={entries.length} aria-posinset={item.index + 1}>
              <ConversationRow entry={entry} isOpen={entry.conversation.id === open} times={times} now={now} />
            </li>
          )
        })}
      </ul>
    </div>
  )
})

function Nothing({ filter, query, onShowAll, onStart }: Pick<Props, 'filter' | 'query' | 'onShowAll' | 'onStart'>) {
  const { t } = useLingui()
  if (query !== '') {
    return (
      <EmptyState kind="none" title={t`Nothing is called “${query}”`} action={<Button onPress={onShowAll}>{t`Show all`}</Button>}>
        <Trans>This looks at the names of your conversations only.</Trans>
      </EmptyState>
    )
  }
  if (filter === 'all') {
    return (
      <EmptyState title={t`No conversations yet`} action={<Button variant="primary" onPress={onStart}>{t`Start a conversation`}</Button>}>
        <Trans>Write to a colleague, or bring several together in a group.</Trans>
      </EmptyState>
    )
  }
  const titles = { unread: t`All read`, mentions: t`Nobody has mentioned you`, groups: t`No groups yet` }
  return <EmptyState title={titles[filter]} action={<Button onPress={onShowAll}>{t`Show all`}</Button>} />
}
