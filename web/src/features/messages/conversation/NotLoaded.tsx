/** A conversation of which this device has no message yet: they are on their way, late, or come when the server is back. */
import { useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useIsAway } from '~/shell/away'
import { EmptyState, ErrorState } from '~/ui/State'
import { useMessages } from '../context'
import { MessageSkeleton } from './MessageSkeleton'

const PATIENCE_MS = 10_000

export function NotLoaded({ id }: { id: string }) {
  const isAway = useIsAway()
  const [attempt, setAttempt] = useState(0)
  if (isAway) return <NotHere />
  // What could not be loaded while the server was away is loaded when it is back, and is waited for from then on.
  return <Loading key={`${id} ${attempt}`} id={id} onRetry={() => setAttempt((before) => before + 1)} />
}

function Loading({ id, onRetry }: { id: string; onRetry: () => void }) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const isLate = useIsLate()
  useEffect(() => {
    engine.open(id).catch(() => undefined)
  }, [engine, id])
  if (isLate) return <ErrorState title={t`The messages did not arrive`} onRetry={onRetry} />
  return <MessageSkeleton />
}

/** What is not on this device while the server is away. */
export function NotHere() {
  const { t } = useLingui()
  return <div role="status"><EmptyState title={t`This conversation is not on this device yet`}>{t`Its messages come as soon as the server is back.`}</EmptyState></div>
}

/** Whether the first messages have been waited for long enough to say so. */
function useIsLate(): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return isLate
}
