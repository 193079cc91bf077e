/** The people of a list or of a grid. Only what is in sight is drawn; what is not read yet keeps its place. */
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Department } from '~/api/types'
import { useIsPhone, useMedia } from '~/lib/useMedia'
import { usePreferences } from '~/shell/preferences'
import type { Found } from '~/shell/useFound'
import { stepOf } from '~/ui/steps'
import styles from './PeoplePage.module.css'
import { type Look, PersonItem, PersonPlace } from './PersonItem'
import { LetterStrip } from './LetterStrip'
import type { Chosen } from './useChosen'

/** A finger needs more room than a mouse. */
const ROW = { normal: 60, compact: 32, touch: 44 }
const CARD = { block: 104, inline: 232, gap: 12 }

interface Props {
  found: Found
  look: Look
  chosen: Chosen
  isChoosing: boolean
  hasLetters: boolean
  onLettersClose: () => void
  departments: readonly Department[]
  department: string | undefined
  current: string | undefined
  onClear: () => void
}

export function PeopleView({ found, look, chosen, isChoosing, hasLetters, onLettersClose, departments, department, current, onClear }: Props) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const scroll = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const goal = useRef<number | null>(null)
  const isTouch = useMedia('(pointer: coarse)')
  const isCompact = usePreferences((preferences) => preferences.density === 'compact')
  const lanes = useLanes(scroll, look)
  const height = look === 'cards' ? CARD.block : isCompact ? ROW[isTouch ? 'touch' : 'compact'] : ROW.normal
  const { rows, total, letters, reachTo } = found
  const virtual = useVirtualizer({
    count: Math.ceil(total / lanes),
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 10,
    gap: look === 'cards' ? CARD.gap : 0,
  })
  const shown = virtual.getVirtualItems()
  const top = shown.find((line) => line.end > (virtual.scrollOffset ?? 0))?.index ?? 0
  const from = top * lanes
  const to = Math.min(((shown.at(-1)?.index ?? 0) + 1) * lanes + 20, total - 1)
  useEffect(() => reachTo(from, to), [from, to, reachTo])
  const drawn = useRef({ lanes, height, first: 0 })
  useLayoutEffect(() => {
    const { first, ...before } = drawn.current
    if (before.lanes !== lanes || before.height !== height) {
      // Whoever stood at the top stays there when people are drawn another way.
      drawn.current = { lanes, height, first }
      virtual.measure()
      virtual.scrollToIndex(Math.floor(first / lanes), { align: 'start' })
    } else if (scroll.current?.scrollTop === virtual.scrollOffset && (first < from || first >= from + lanes)) drawn.current.first = from
  })

  /** Moves the focus there, once whoever stands there is read and drawn; whoever went elsewhere meanwhile is left there. */
  const arrive = () => {
    if (goal.current === null) return
    if (!list.current?.contains(document.activeElement)) {
      goal.current = null
      return
    }
    const there = list.current.querySelector<HTMLElement>(`[data-place="${goal.current}"]`)
    if (!there) return
    goal.current = null
    there.focus({ preventScroll: true })
  }
  const go = (place: number, align: 'auto' | 'start') => {
    goal.current = place
    // Whoever had the focus may be drawn no more before the goal is: the list hears the keys until then.
    list.current?.focus({ preventScroll: true })
    virtual.scrollToIndex(Math.floor(place / lanes), { align })
    arrive()
  }
  const jump = (place: number) => {
    if (isChoosing) onLettersClose()
    go(place, 'start')
  }
  const letter = letters.findLast((one) => one.place < (top + 1) * lanes)?.letter
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !(event.target instanceof HTMLElement)) return
    if (/^[a-z]$/.test(event.key) && !usePreferences.getState().hasSingleKeys) return
    const here = Number(event.target.dataset.place ?? goal.current ?? -1)
    if (event.key === 'Escape' && chosen.people.size > 0) {
      event.preventDefault()
      return onClear()
    }
    if ((event.key === ' ' || event.key === 'x') && here >= 0) {
      event.preventDefault()
      return chosen.toggle(here)
    }
    const next = stepOf(event.key, { here, lanes, total, page: Math.max(1, shown.length - 12) * lanes })
    if (next === null) return
    event.preventDefault()
    if (event.shiftKey) chosen.toggle(next, true)
    go(next, 'auto')
  }
  useEffect(arrive)

  return (
    <>
      {hasLetters && letters.length > 0 && <LetterStrip letters={letters} current={letter} onJump={jump} onClose={onLettersClose} />}
      <div ref={scroll} className={styles.scroll} data-look={look} onKeyDown={press} role="presentation">
        <ul ref={list} tabIndex={-1} className={styles.rows} style={{ blockSize: virtual.getTotalSize() }} aria-label={t`People`} aria-busy={found.isOld}>
          {shown.flatMap((line) =>
            Array.from({ length: lanes }, (_, lane) => {
              const place = line.index * lanes + lane
              if (place >= total) return null
              const member = rows[place]
              const at = { blockSize: height, inlineSize: `calc((100% - ${(lanes - 1) * CARD.gap}px) / ${lanes})`, insetInlineStart: `calc((100% + ${CARD.gap}px) / ${lanes} * ${lane})`, transform: `translateY(${line.start}px)` }
              return (
                <li key={member?.id ?? place} className={styles.place} style={at} aria-setsize={total} aria-posinset={place + 1}>
                  {member ? (
                    <PersonItem
                      look={look}
                      isCompact={isCompact}
                      member={member}
                      place={place}
                      departments={departments}
                      department={department}
                      isCurrent={member.id === current}
                      isChosen={chosen.has(member.id)}
                      isChoosing={isChoosing}
                      hasBox={!isPhone || isChoosing}
                      onChoose={chosen.toggle}
                    />
                  ) : (
                    <PersonPlace look={look} isCompact={isCompact} />
                  )}
                </li>
              )
            }),
          )}
        </ul>
      </div>
    </>
  )
}

/** How many cards stand beside each other; of lines there is one. */
function useLanes(scroll: { readonly current: HTMLElement | null }, look: Look): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const box = scroll.current
    if (!box || typeof ResizeObserver === 'undefined') return
    const watcher = new ResizeObserver(([seen]) => setWidth(seen?.contentRect.width ?? 0))
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [scroll])
  return look === 'list' ? 1 : Math.max(1, Math.floor((width + CARD.gap) / (CARD.inline + CARD.gap)))
}
