/** With which of the accounts of a device somebody comes into a further organisation. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { call } from '~/api/client'
import type { Session } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { homeOrganisation, useSignOut } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Link } from '~/ui/Link'

/** What whoever is signed in is called where they belong; nothing as long as nobody is. */
export function useAccount(signedIn: Session | null) {
  const home = signedIn === null ? '' : (homeOrganisation(signedIn)?.slug ?? '')
  return useQuery({
    queryKey: ['joining', signedIn?.account_id],
    enabled: home !== '',
    queryFn: () => call('get', '/v1/me', {}, { organisation: home }),
  }).data
}

interface Props {
  signedIn: Session
  does: 'join' | 'found'
}

/** Which account it is: the device may be shared, or one may have several. */
export function AccountLine({ signedIn, does }: Props) {
  const signOut = useSignOut(location.pathname)
  const of = useAccount(signedIn)
  const name = isolated(of?.name ?? '')
  const login = [of?.user_id, of?.phone, of?.email].find((one) => one) ?? ''
  const joining = of ? login === '' ? <Trans>You join as {name}.</Trans> : <Trans>You join as {name} ({login}).</Trans> : <Trans>You join with the account you are signed in with.</Trans>
  const founding = of ? login === '' ? <Trans>You go on as {name}.</Trans> : <Trans>You go on as {name} ({login}).</Trans> : <Trans>You go on with the account you are signed in with.</Trans>
  return (
    <Banner tone="accent">
      {does === 'join' ? joining : founding}{' '}
      <Trans>One account can belong to several organisations.</Trans>{' '}
      <Trans>Not you?</Trans> <Link onPress={() => signOut.mutate()}><Trans>Sign out</Trans></Link>
    </Banner>
  )
}
