/** Where the list of messages stands: it opens at what is unread, stays at the live end, and loads what it reaches. */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMessages } from '../context'
import { usePinned } from './usePinned'
import { isLookedAt } from './useUnreadLine'
import type { Row } from './rows'
import type { MessageWindow } from './useWindow'

interface Options {
  id: string
  rows: readonly Row[]
  view: MessageWindow
  target: { seq: number } | null
  unreadAfter: number | null
  /** Counts what was sent from here: whoever sends something sees it. */
  sends: number
}

interface Scroll {
  scroller: RefObject<HTMLDivElement | null>
  virtual: Virtualizer<HTMLDivElement, Element>
  isAtEnd: boolean
  isLoading: boolean
  /** The first message on the screen. */
  firstSeq: number
  /** The unread line was on the screen: no need to point at it. */
  hasSeenLine: boolean
  /** The message that was jumped to, for a moment. */
  flash: number | null
  toEnd: () => void
}

const heights = { start: 120, day: 38, unread: 36, system: 30, message: 60, outgoing: 64 }
const NEAR_ROWS = 6
/** Rows beyond each edge that are drawn before they are scrolled to. */
const OVERSCAN = { moving: 2, resting: 6 }
const FLASH_MS = 1_800
const END_PX = 48

function seqOf(row: Row | undefined): number {
  return row && 'message' in row ? row.message.seq : 0
}

export function useMessageScroll({ id, rows, view, target, unreadAfter, sends }: Options): Scroll {
  const { engine } = useMessages()
  const scroller = useRef<HTMLDivElement>(null)
  const opened = useRef<string | null>(null)
  const [hasSeenLine, setSeenLine] = useState(false)
  const [isLoading, setLoading] = useState(false)
  const [flash, setFlash] = useState<number | null>(null)
  const [isMoving, setMoving] = useState(false)
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled; the virtualizer draws again by itself
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[rows[index]?.t ?? 'message'],
    getItemKey: (index) => rows[index]?.key ?? index,
    // A turn of the wheel draws little more than what comes into sight; what stands farther out follows when nothing moves.
    overscan: isMoving ? OVERSCAN.moving : OVERSCAN.resting,
    onChange: ({ isScrolling }) => setMoving(isScrolling),
    // New rows are drawn in a task of their own, after the one that scrolled: neither is long.
    useFlushSync: false,
    // The first drawing has the last rows already, as many as can be seen at most: nothing has to be measured before.
    initialRect: { width: 0, height: window.innerHeight },
    initialOffset: () => Math.max(0, rows.reduce((sum, row) => sum + heights[row.t], 0) - window.innerHeight),
    anchorTo: 'end',
    followOnAppend: view.isLive,
    scrollEndThreshold: END_PX,
    paddingStart: 12,
    paddingEnd: 4,
  })
  const isAtEnd = view.isLive && virtual.isAtEnd(END_PX)
  const pin = usePinned(scroller, virtual, view.isLive, rows)
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0

  useLayoutEffect(() => {
    if (opened.current === id || rows.length === 0) return
    opened.current = id
    if (target) return pin(null)
    const line = rows.findIndex((row) => row.t === 'unread')
    pin(line < 0 ? 'end' : null)
    if (line >= 0) virtual.scrollToIndex(line, { align: 'start' })
    else virtual.scrollToEnd()
  }, [id, rows, target, virtual, pin])

  const shown = useRef<{ seq: number } | null>(null)
  useEffect(() => {
    if (!target || shown.current === target) return
    const index = rows.findIndex((row) => seqOf(row) >= target.seq)
    const row = rows[index]
    if (!row) return
    shown.current = target
    pin({ key: row.key })
    virtual.scrollToIndex(index, { align: 'center' })
    setFlash(seqOf(row))
    setTimeout(() => setFlash(null), FLASH_MS)
  }, [target, rows, virtual, pin])

  const followed = useRef(sends)
  useLayoutEffect(() => {
    if (followed.current === sends) return
    followed.current = sends
    pin('end')
    virtual.scrollToEnd()
  }, [sends, pin, virtual])

  const { hasOlder, hasNewer, loadOlder, loadNewer, goLive } = view
  // Back at the live end the window stands there again, wherever it grew in between.
  useEffect(() => {
    if (isAtEnd) goLive()
  }, [isAtEnd, goLive])
  useEffect(() => {
    if (isLoading || opened.current !== id) return
    const load = hasOlder && first < NEAR_ROWS ? loadOlder : hasNewer && last > rows.length - NEAR_ROWS ? loadNewer : null
    if (!load) return
    setLoading(true)
    load().then(
      () => setLoading(false),
      () => setTimeout(() => setLoading(false), 3_000),
    )
  }, [id, first, last, rows.length, hasOlder, hasNewer, loadOlder, loadNewer, isLoading])

  useSeen(id, rows, last)
  const firstSeq = seqOf(rows.slice(first).find((row) => 'message' in row))
  if (!hasSeenLine && unreadAfter !== null && firstSeq > 0 && firstSeq <= unreadAfter + 1) setSeenLine(true)
  const toEnd = () => {
    view.goLive()
    pin('end')
    requestAnimationFrame(() => virtual.scrollToEnd())
    const entry = engine.store.getState().entries.get(id)
    if (entry) engine.read(id, entry.last.seq, entry.last.n)
  }
  return { scroller, virtual, isAtEnd, isLoading, firstSeq, hasSeenLine, flash, toEnd }
}

/** Moves the read cursor to the last message that was on the screen while somebody looked. */
function useSeen(id: string, rows: readonly Row[], last: number) {
  const { engine } = useMessages()
  useEffect(() => {
    const see = () => {
      if (!isLookedAt()) return
      const row = rows.slice(0, last + 1).findLast((one) => one.t === 'message' || one.t === 'system')
      if (row && 'message' in row) engine.read(id, row.message.seq, row.message.n)
    }
    const timer = setTimeout(see, 250)
    addEventListener('focus', see)
    document.addEventListener('visibilitychange', see)
    return () => {
      clearTimeout(timer)
      removeEventListener('focus', see)
      document.removeEventListener('visibilitychange', see)
    }
  }, [engine, id, rows, last])
}
