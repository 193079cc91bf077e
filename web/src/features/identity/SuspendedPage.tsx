/** An organisation that whoever runs the server has suspended: what that means, whom to ask, and the ways on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { isolated } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { isOpen, session as sessionQuery, useSignOut } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { PublicFrame } from './PublicFrame'
import styles from './forms.module.css'

export function SuspendedPage() {
  const { t, i18n } = useLingui()
  // Whoever looks again wants to know what holds now.
  const found = useQuery({ ...sessionQuery(), staleTime: 0 })
  const signOut = useSignOut()
  return (
    <PublicFrame note={<Button variant="ghost" size="s" onPress={() => signOut.mutate()}><Trans>Sign out</Trans></Button>}>
      <PublicTitle>{t`Suspended`}</PublicTitle>
      <QueryState of={found}>
        {(session) => {
          const suspended = session?.organisations.find((place) => place.is_suspended)
          // What this device kept is of before: only the server's answer leads back.
          if (session === null || suspended === undefined) return found.isFetchedAfterMount ? <Navigate to="/" replace /> : <Skeleton kind="form" rows={2} />
          const name = isolated(organisationName(suspended, i18n.locale))
          const open = session.organisations.filter(isOpen)
          return (
            <div className={styles.form}>
              <EmptyState level={1} title={t`${name} is suspended`}>
                <Trans>Whoever runs this server lets nobody into it for now. Nothing was deleted. Ask the administrators of your organisation; they ask whoever runs {location.host}.</Trans>
              </EmptyState>
              {open.map((place) => (
                <Link key={place.id} href={links.organisation(place.slug)}>{isolated(organisationName(place, i18n.locale))}</Link>
              ))}
              <Button isPending={found.isFetching} onPress={() => void found.refetch()}><Trans>Look again</Trans></Button>
            </div>
          )
        }}
      </QueryState>
    </PublicFrame>
  )
}
