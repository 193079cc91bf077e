/** Who changed a thing last, and when: for whoever may read the audit log, and of somebody else only. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { query } from '~/api/client'
import { moment } from '~/lib/dates'
import { MemberName } from './MemberName'
import { useMembersById } from './members'
import { useMay, useMe } from './session'
import { Somebody } from './Somebody'

/** How the audit log tells of a change. */
export interface ToldChange {
  /** By any of these events; the first is asked for where nothing is named. */
  events: readonly [string, ...string[]]
  /** Of which thing. */
  about?: string | undefined
  /** What it is at by now: at another one it was changed again. */
  revision?: number | null | undefined
}

/** Among so many of the newest lines about a thing is the one that is looked for. */
const LINES = 20

export function WhoChanged({ events, about }: Omit<ToldChange, 'revision'>) {
  const { i18n } = useLingui()
  const mayRead = useMay()('audit.read')
  const me = useMe()?.id
  const wanted = about === undefined ? { name: events[0], limit: 1 } : { target: about, limit: LINES }
  const found = useQuery({ ...query('get', '/v1/audit', { query: wanted }), enabled: mayRead, staleTime: 0 })
  // Of the change before nothing is told while this one is looked for.
  const last = found.isFetching ? undefined : found.data?.items.find((line) => line.outcome === 'done' && events.includes(line.name))
  const who = last?.actor.kind === 'member' && last.actor.id !== me ? last.actor.id : undefined
  const people = useMembersById([who])
  if (last === undefined || who === undefined) return null
  const at = moment(last.at, i18n.locale)
  return <p><Trans>Changed by <MemberName id={who} people={people} otherwise={<Somebody />} />: {at}</Trans></p>
}
