/** A change of a group: it waits for the server, then the group is read again. Never optimistic, because others are told. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { hasStatus } from '~/api/error'
import { useMessages } from '../context'
import { conversationMembers } from '../queries'

export interface Change {
  /** True when it was done. Whoever left cannot read the group again. */
  run: (act: () => Promise<unknown>, then?: 'read' | 'gone') => Promise<boolean>
  isPending: boolean
  error: unknown
}

export function useChange(id: string): Change {
  const { engine } = useMessages()
  const queries = useQueryClient()
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async (act: () => Promise<unknown>, then: 'read' | 'gone' = 'read') => {
    setPending(true)
    setError(null)
    try {
      await act()
      if (then === 'gone') return true
      await Promise.allSettled([
        engine.sync.refresh(id),
        queries.invalidateQueries({ queryKey: conversationMembers(id).queryKey }),
      ])
      return true
    } catch (cause) {
      setError(cause)
      // The next try is about what the other one left.
      if (hasStatus(cause, 412)) await Promise.allSettled([engine.sync.refresh(id)])
      return false
    } finally {
      setPending(false)
    }
  }
  return { run, isPending, error }
}
