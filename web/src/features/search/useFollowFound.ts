/** What is edited, recalled or removed is looked for again at once: nobody finds what is not there any more. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keyOf, markStale } from '~/api/client'
import { useLive } from '~/shell/live'
import { MESSAGES } from './queries'

export function useFollowFound() {
  const live = useLive()
  const queries = useQueryClient()
  useEffect(
    () =>
      live.on((frame) => {
        if (frame.c === 'chat' && frame.k === 'changed') void markStale(queries, [keyOf(MESSAGES)])
      }),
    [live, queries],
  )
}
