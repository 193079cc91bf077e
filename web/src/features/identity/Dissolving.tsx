/** An organisation on its way out: until when, and for its owners the way back and what they take with them (ORG-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, setOrganisation } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { SessionOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { moment } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { useProof } from '~/shell/ProveAgain'
import { session } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { TakeAway } from './TakeAway'

export function Dissolving({ place, level }: { place: SessionOrganisation; level: 1 | 2 }) {
  const { t, i18n } = useLingui()
  const name = isolated(organisationName(place, i18n.locale))
  const until = place.dissolves_at ? moment(place.dissolves_at, i18n.locale) : ''
  const isOwner = place.role === 'owner' && place.state === 'active'
  return (
    <>
      <EmptyState level={level} title={t`${name} is being dissolved`}>
        {isOwner ? (
          <Trans>Nobody comes in any more. Until {until} you can bring it back, and everything is as it was. After that it is erased for good, for everybody.</Trans>
        ) : (
          <Trans>Nobody comes in any more. Until {until} its owners can bring it back: ask them if you think this is a mistake. After that it is erased for good, for everybody.</Trans>
        )}
      </EmptyState>
      {place.is_suspended && <Banner tone="info"><Trans>Whoever runs this server has suspended {name} too. Until that is over nothing is erased, and nobody comes in.</Trans></Banner>}
      {isOwner && <Restore slug={place.slug} name={name} />}
      {isOwner && !place.is_suspended && <TakeAway slug={place.slug} name={name} level={level === 1 ? 2 : 3} />}
    </>
  )
}

function Restore({ slug, name }: { slug: string; name: string }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const restore = useMutation({
    mutationFn: () => {
      // The password is proven there too, though nobody is inside.
      setOrganisation(slug)
      return call('delete', '/v1/organisation/dissolution', {})
    },
    onSuccess: () => queries.refetchQueries({ queryKey: session().queryKey }),
    onError: (error) => {
      if (!proof.ask(error, () => restore.mutate())) toast(textOf(error), { tone: 'bad' })
    },
  })
  return (
    <>
      <Button variant="primary" aria-label={t`Bring the organisation back: ${name}`} isPending={restore.isPending} onPress={() => restore.mutate()}><Trans>Bring the organisation back</Trans></Button>
      {proof.dialog}
    </>
  )
}
