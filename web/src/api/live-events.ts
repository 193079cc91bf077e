/** From events to stale queries: each feature names the queries an event makes stale, and only that. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { EventData, ServerFrame } from './frames'

/** Event name → the query keys (or their beginnings) that are stale after it. */
export type LiveMap = Readonly<Record<string, (data: EventData) => readonly QueryKey[]>>

/** A member of an event's data that should be an id; empty when a newer server calls it otherwise. */
export function idOf(data: EventData, name: string): string {
  const value = data[name]
  return typeof value === 'string' ? value : ''
}

/** Marks what an event made stale. A refetch order makes everything stale. */
export function dispatch(frame: ServerFrame, maps: readonly LiveMap[], queries: QueryClient): void {
  if (frame.c !== 'events') return
  if (frame.k === 'refetch') {
    void queries.invalidateQueries()
    return
  }
  for (const map of maps) {
    for (const queryKey of map[frame.name]?.(frame.data) ?? []) {
      void queries.invalidateQueries({ queryKey })
    }
  }
}
