/** The people of a list, read page by page as far as somebody looks, under the length of the whole. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { rowsOf } from '~/api/client'
import type { LetterPlace, Member } from '~/api/types'
import { people, peopleAfter, peopleCount, type PeopleFilter } from './people'

const NONE: readonly LetterPlace[] = []
/** Nearer than this the pages in between are read; they are wanted anyway. */
const NEAR = 400

export interface Found {
  /** Who stands where, as far as it was read: from the start on, and from the letter that is looked at. */
  rows: readonly (Member | undefined)[]
  /** People there are; `rows` may still be fewer. */
  total: number
  /** Where the letters begin; none of a list that is not sorted by name. */
  letters: readonly LetterPlace[]
  /** These are still the people of the words before. */
  isOld: boolean
  state: { data: unknown; error: Error | null; refetch: () => void }
  /** Reads until somebody stands at each of these places. */
  reachTo: (from: number, to: number) => void
}

export function useFound(filter: PeopleFilter): Found {
  const found = useInfiniteQuery(people(filter))
  const counted = useQuery(peopleCount(filter))
  const letters = counted.data === undefined || counted.isPlaceholderData ? NONE : counted.data.letters
  const [wanted, setWanted] = useState({ from: 0, to: 0 })
  const near = useMemo(() => rowsOf<'/v1/members'>(found.data), [found.data])
  const letter = found.hasNextPage && wanted.from >= near.length + NEAR ? letters.findLast((one) => one.place <= wanted.from) : undefined
  const start = letter !== undefined && letter.place >= near.length && letter.after ? { place: letter.place, after: letter.after } : null
  const distant = useInfiniteQuery({ ...peopleAfter(filter, start?.after ?? ''), enabled: start !== null })
  const far = useMemo(() => rowsOf<'/v1/members'>(distant.data), [distant.data])
  useReading(found, start === null && wanted.to >= near.length)
  useReading(distant, start !== null && wanted.to >= start.place + far.length)
  const place = start?.place ?? null
  const rows = useMemo(() => (place === null ? near : [...near, ...Array<undefined>(place - near.length), ...far]), [near, far, place])
  const total = found.hasNextPage ? Math.max(counted.data?.count ?? 0, near.length) : near.length
  const reachTo = useCallback((from: number, to: number) => setWanted((before) => (before.from === from && before.to === to ? before : { from, to })), [])
  return { rows, total, letters, isOld: found.isPlaceholderData, state: { data: found.data, error: found.error, refetch: () => void found.refetch() }, reachTo }
}

interface Pages {
  hasNextPage: boolean
  isFetching: boolean
  error: Error | null
  fetchNextPage: () => unknown
}

/** Reads page after page for as long as more is wanted. */
function useReading({ hasNextPage, isFetching, error, fetchNextPage }: Pages, isWanted: boolean) {
  useEffect(() => {
    if (isWanted && hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [isWanted, hasNextPage, isFetching, error, fetchNextPage])
}
