/** All results of one kind, newest first, read on as one scrolls. Coming back finds the place where one left. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useIsPhone } from '~/lib/useMedia'
import type { Scope } from '~/shell/finding'
import { useMembersById } from '~/shell/members'
import { usePreferences } from '~/shell/preferences'
import { RingProgress } from '~/ui/RingProgress'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { useSay } from '~/ui/say'
import { authorOf } from '../items'
import { SayMore, SearchError } from '../palette/Troubles'
import { canAsk } from '../queries'
import type { Question } from '../useGroups'
import { Row } from './Row'
import { useEndless } from './useEndless'
import styles from './SearchPage.module.css'

interface Props {
  slug: string
  question: Question
  scope: Exclude<Scope, 'all'>
  address: string
}

/** Where the lists of this window stood when they were left, by address; gone with the window. */
const places = new Map<string, number>()
const MOST_PLACES = 50

export function Results({ slug, question, scope, address }: Props) {
  const { t, i18n } = useLingui()
  const isPhone = useIsPhone()
  const { items, isAsking, error, retry, more } = useEndless(scope, question)
  const scroll = useRef<HTMLDivElement>(null)
  const isCompact = usePreferences((preferences) => preferences.density === 'compact')
  const height = isPhone ? 68 : isCompact ? 48 : 60
  const count = i18n.number(items.length)
  useSay(isAsking ? null : more ? t`${count} results, and more` : t`${plural(items.length, { one: '# result', other: '# results' })}`)
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled; the virtualizer draws again by itself
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 10, initialOffset: places.get(address) ?? 0 })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - 15) more?.()
  }, [last, items.length, more])
  const people = useMembersById(shown.flatMap((one) => items[one.index] ?? []).map(authorOf))
  const keep = () => {
    if (places.size > MOST_PLACES) places.clear()
    places.set(address, scroll.current?.scrollTop ?? 0)
  }
  if (items.length === 0) {
    if (error) return <div className={styles.scroll}><SearchError error={error} onRetry={retry} /></div>
    if (isAsking || more) return <Skeleton rows={7} />
    if (scope === 'messages' && !canAsk({ ...question.filters, q: question.words, kind: question.filters.kind ?? 'text' })) {
      return <EmptyState title={t`Say a little more`}><SayMore /></EmptyState>
    }
    return <EmptyState kind="none" title={question.words === '' ? t`Nothing was found` : t`Nothing was found for “${question.words}”`}>{t`Try fewer words, other ones, or take a filter away. Only what you may open is searched.`}</EmptyState>
  }
  return (
    <div ref={scroll} className={styles.scroll} onScroll={keep} tabIndex={0} role="region" aria-label={t`Results`} aria-busy={isAsking}>
      <ul className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
        {shown.map((one) => {
          const item = items[one.index]
          if (!item) return null
          return (
            <li key={item.key} className={styles.place} style={{ blockSize: height, transform: `translateY(${one.start}px)` }} aria-setsize={more ? -1 : items.length} aria-posinset={one.index + 1}>
              <Row item={item} slug={slug} words={question.words} people={people} />
            </li>
          )
        })}
      </ul>
      {error && <SearchError error={error} onRetry={retry} />}
      {isAsking && <p className={styles.more}><RingProgress size={20} label={t`Searching`} /></p>}
    </div>
  )
}
