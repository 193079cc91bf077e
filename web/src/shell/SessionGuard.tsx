/** Leads out of an organisation when the server lets one in no more, whatever is drawn there. Nothing is drawn here. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { byeOf, depart, ended, wayOut } from './departure'
import { links } from './links'
import { isShut, session } from './session'

/**
 * The kept sign-in was shown at once. That it is over is heard from the sign-in itself when it is read again, or from any other
 * reading that is refused: what is kept may look whole, and the socket of a window that was just opened may never have been let in.
 */
export function SessionGuard({ slug }: { slug: string }) {
  const queries = useQueryClient()
  const router = useRouter()
  const signedIn = useQuery(session()).data
  const place = signedIn?.organisations.find((one) => one.slug === slug)
  const isOver = signedIn === null
  const isOut = place !== undefined && isShut(place)
  const bye = place === undefined ? undefined : byeOf(place.state)
  useEffect(() => {
    if (isOver) depart(queries, ended(router.state.location.href))
    else if (bye !== undefined) depart(queries, { why: 'told', to: links.signIn(undefined, bye) })
    else if (isOut) depart(queries, { why: 'shut', to: links.suspended(slug) })
  }, [isOver, bye, isOut, slug, queries, router])
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return
        const way = wayOut(event.action.error, router.state.location.href)
        if (way !== null) depart(queries, way)
      }),
    [queries, router],
  )
  return null
}
