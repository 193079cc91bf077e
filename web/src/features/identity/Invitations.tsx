/** For an account without an open organisation: invitations that wait for it, or what happened. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useRouter } from '@tanstack/react-router'
import { call } from '~/api/client'
import type { MemberState, Session } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { links } from '~/shell/links'
import { QueryState } from '~/shell/QueryState'
import { enter, homeOrganisation } from '~/shell/session'
import { GroupAvatar } from '~/ui/Avatar'
import { Button } from '~/ui/Button'
import { EmptyState } from '~/ui/State'
import styles from './forms.module.css'

const pending = () => ({
  queryKey: ['session-invitations'],
  queryFn: () => call('get', '/v1/session/invitations', {}, { organisation: null }),
})

export function Invitations({ session }: { session: Session }) {
  const { t, i18n } = useLingui()
  const router = useRouter()
  const queries = useQueryClient()
  const found = useQuery(pending())
  const accept = useMutation({
    mutationFn: (invitation: string) => call('post', '/v1/session/invitations/{invitation}/accept', { path: { invitation } }, { organisation: null }),
    onSuccess: async (next) => {
      await enter(queries, next)
      return router.navigate({ href: links.start() })
    },
  })
  const nameOf = (place: Parameters<typeof organisationName>[0]) => isolated(organisationName(place, i18n.locale))
  const decline = useMutation({
    mutationFn: (invitation: string) => call('delete', '/v1/session/invitations/{invitation}', { path: { invitation } }, { organisation: null }),
    onSuccess: () => queries.invalidateQueries({ queryKey: pending().queryKey }),
  })
  const out = (state: MemberState) => session.organisations.find((place) => place.state === state)
  const [suspended, disabled, leaving] = [out('suspended'), out('disabled'), out('leaving')]
  return (
    <QueryState of={found}>
      {({ items }) => {
        if (items.length === 0 && homeOrganisation(session)?.state === 'active') return <Navigate to={links.start()} replace />
        if (items.length === 0 && suspended) {
          return (
            <EmptyState title={t`Suspended in ${nameOf(suspended)}`}>
              <Trans>An administrator has suspended you there. Ask them if you think this is a mistake.</Trans>
            </EmptyState>
          )
        }
        if (items.length === 0 && disabled) {
          return (
            <EmptyState title={t`Disabled in ${nameOf(disabled)}`}>
              <Trans>An administrator has disabled you there for a while. Ask them if you think this is a mistake.</Trans>
            </EmptyState>
          )
        }
        if (items.length === 0 && leaving) {
          return (
            <EmptyState title={t`You have left ${nameOf(leaving)}`}>
              <Trans>Until everything of yours is erased an administrator can let you in again.</Trans>
            </EmptyState>
          )
        }
        if (items.length === 0) {
          return (
            <EmptyState title={t`You belong to no organisation yet`}>
              <Trans>Ask an administrator for an invitation link and open it on this device.</Trans>
            </EmptyState>
          )
        }
        return (
          <div className={styles.form}>
            <h1 className={styles.title}><Trans>You are invited</Trans></h1>
            {items.map((item) => (
              <div key={item.id} className={styles.from}>
                <GroupAvatar name={nameOf(item.organisation)} size={36} />
                <div className="grow">
                  <b>{nameOf(item.organisation)}</b>
                  <small><Trans>{isolated(item.inviter_name)} invites you, until {day(item.expires_at, i18n.locale)}</Trans></small>
                </div>
                <Button isPending={decline.isPending && decline.variables === item.id} onPress={() => decline.mutate(item.id)}>
                  <Trans>Decline</Trans>
                </Button>
                <Button variant="primary" isPending={accept.isPending && accept.variables === item.id} onPress={() => accept.mutate(item.id)}>
                  <Trans>Join</Trans>
                </Button>
              </div>
            ))}
          </div>
        )
      }}
    </QueryState>
  )
}
