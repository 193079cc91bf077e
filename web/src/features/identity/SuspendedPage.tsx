/** Organisations into which nobody comes, suspended or being dissolved: what that means, whom to ask, and the ways on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import type { Session, SessionOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { isOpen, isShut, session as sessionQuery, useSignOut } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Dissolving } from './Dissolving'
import { PublicFrame } from './PublicFrame'
import styles from './forms.module.css'

const route = getRouteApi('/suspended')

export function SuspendedPage() {
  const { t } = useLingui()
  const { organisation } = route.useSearch()
  // Whoever looks again wants to know what holds now.
  const found = useQuery({ ...sessionQuery(), staleTime: 0 })
  const signOut = useSignOut()
  const shut = (found.data?.organisations ?? []).filter((place) => isShut(place) && (organisation === undefined || place.slug === organisation))
  // One that is both is told as on its way out: its owners may bring it back, and have a day for it.
  const dissolving = shut.filter((place) => typeof place.dissolves_at === 'string')
  const suspended = shut.filter((place) => !dissolving.includes(place))
  return (
    <PublicFrame note={<Button variant="ghost" size="s" onPress={() => signOut.mutate()}><Trans>Sign out</Trans></Button>}>
      <PublicTitle>{suspended.length === 0 && dissolving.length > 0 ? t`Being dissolved` : t`Suspended`}</PublicTitle>
      <QueryState of={found}>
        {(session) => {
          // What this device kept is of before: only the server's answer leads back.
          if (session === null || shut.length === 0) return found.isFetchedAfterMount ? <Back session={session} slug={organisation} /> : <Skeleton kind="form" rows={2} />
          return (
            <div className={styles.form}>
              {suspended.length > 0 && <Shut places={suspended} />}
              {dissolving.map((place, index) => <Dissolving key={place.id} place={place} level={suspended.length === 0 && index === 0 ? 1 : 2} />)}
              <WaysOn session={session} />
              <Button isPending={found.isFetching} onPress={() => void found.refetch()}><Trans>Look again</Trans></Button>
            </div>
          )
        }}
      </QueryState>
    </PublicFrame>
  )
}

/** Into the organisation one came from, if one is let in again. */
function Back({ session, slug }: { session: Session | null; slug: string | undefined }) {
  const place = session?.organisations.find((one) => one.slug === slug)
  return <Navigate to={place && isOpen(place) ? links.organisation(place.slug) : links.start()} replace />
}

function Shut({ places }: { places: SessionOrganisation[] }) {
  const { t, i18n } = useLingui()
  const names = places.map((place) => isolated(organisationName(place, i18n.locale)))
  const [name = ''] = names
  if (names.length === 1) {
    return (
      <EmptyState level={1} title={t`${name} is suspended`}>
        <Trans>Whoever runs this server lets nobody into it for now. Nothing was deleted. Ask the administrators of your organisation; they ask whoever runs {location.host}.</Trans>
      </EmptyState>
    )
  }
  return (
    <>
      <EmptyState level={1} title={t`Your organisations are suspended`}>
        <Trans>Whoever runs this server lets nobody into them for now. Nothing was deleted. Ask the administrators of your organisations; they ask whoever runs {location.host}.</Trans>
      </EmptyState>
      <ul className={styles.shut} aria-label={t`Suspended`}>
        {names.map((one, index) => <li key={places[index]?.id}>{one}</li>)}
      </ul>
    </>
  )
}

/** Organisations one is let into, and those that ask for one. */
function WaysOn({ session }: { session: Session }) {
  const { i18n } = useLingui()
  return (
    <>
      {session.organisations.filter(isOpen).map((place) => (
        <Link key={place.id} href={links.organisation(place.slug)}>{isolated(organisationName(place, i18n.locale))}</Link>
      ))}
      {session.organisations.some((place) => place.state === 'invited') && <Link href={links.invitations()}><Trans>Invitations</Trans></Link>}
    </>
  )
}
