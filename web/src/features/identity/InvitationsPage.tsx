/** Organisations that ask for an account which has one already: joined or declined here, and back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { session as sessionQuery } from '~/shell/session'
import { ButtonLink } from '~/ui/Button'
import { Invitations } from './Invitations'
import { PublicFrame } from './PublicFrame'

export function InvitationsPage() {
  const { t } = useLingui()
  const found = useQuery(sessionQuery())
  return (
    <PublicFrame note={<ButtonLink variant="ghost" size="s" href={links.start()}><Trans>Back</Trans></ButtonLink>}>
      <PublicTitle>{t`Invitations`}</PublicTitle>
      <QueryState of={found}>{(session) => (session === null ? <Navigate to={links.signIn(links.invitations())} replace /> : <Invitations session={session} />)}</QueryState>
    </PublicFrame>
  )
}
