/** From events to stale queries: each feature names the queries an event makes stale, and only that. */
import type { QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query'
import type { EventData, ServerFrame } from './frames'

/** Event name → the query keys (or their beginnings) that are stale after it, for the member whose window it is. */
export type LiveMap = Readonly<Record<string, (data: EventData, me: string) => readonly QueryKey[]>>

/** A member of an event's data that should be an id; empty when a newer server calls it otherwise. */
export function idOf(data: EventData, name: string): string {
  const value = data[name]
  return typeof value === 'string' ? value : ''
}

/** Marks queries stale, also those under way: their answers may have been read before the change. */
export function markOld(queries: QueryClient, filters: QueryFilters = {}): void {
  const underWay = queries
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    // One that is looked at and has data begins anew by itself; any other goes on, and its answer counts as fresh.
    .filter((query) => query.state.data === undefined || !query.isActive())
  void queries.invalidateQueries(filters)
  for (const { promise, queryKey } of underWay) {
    promise?.then(() => queries.invalidateQueries({ queryKey, exact: true })).catch(() => undefined)
  }
}

/** Marks what an event made stale. A refetch order makes everything stale. */
export function dispatch(frame: ServerFrame, maps: readonly LiveMap[], queries: QueryClient, me: string): void {
  if (frame.c !== 'events') return
  if (frame.k === 'refetch') {
    markOld(queries)
    return
  }
  for (const map of maps) {
    for (const queryKey of map[frame.name]?.(frame.data, me) ?? []) {
      markOld(queries, { queryKey })
    }
  }
}
