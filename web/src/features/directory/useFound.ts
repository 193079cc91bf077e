/** The people of a list, read page by page as far as somebody looks, under the length of the whole. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { rowsOf } from '~/api/client'
import type { LetterPlace, Member } from '~/api/types'
import { people, peopleCount, type PeopleFilter } from './queries'

const NONE: readonly LetterPlace[] = []

export interface Found {
  rows: readonly Member[]
  /** People there are; `rows` may still be fewer. */
  total: number
  /** Where the letters begin; none of a list that is not sorted by name. */
  letters: readonly LetterPlace[]
  /** These are still the people of the words before. */
  isOld: boolean
  state: { data: unknown; error: Error | null; refetch: () => void }
  /** Reads on until somebody stands at this place. */
  reachTo: (place: number) => void
}

export function useFound(filter: PeopleFilter): Found {
  const found = useInfiniteQuery(people(filter))
  const counted = useQuery(peopleCount(filter))
  const { data, error, hasNextPage, isFetching, isPlaceholderData, fetchNextPage, refetch } = found
  const rows = useMemo(() => rowsOf<'/v1/members'>(data), [data])
  const [wanted, setWanted] = useState(0)
  useEffect(() => {
    if (wanted >= rows.length && hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [wanted, rows.length, hasNextPage, isFetching, error, fetchNextPage])
  const total = hasNextPage ? Math.max(counted.data?.count ?? 0, rows.length) : rows.length
  const letters = counted.data === undefined || counted.isPlaceholderData ? NONE : counted.data.letters
  return { rows, total, letters, isOld: isPlaceholderData, state: { data, error, refetch: () => void refetch() }, reachTo: setWanted }
}
