/** With which of the accounts of a device somebody comes into a further organisation. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { call } from '~/api/client'
import type { Session } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { homeOrganisation, useSignOut } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Link } from '~/ui/Link'

/** Which account joins: the device may be shared, or one may have several. */
export function AccountLine({ signedIn }: { signedIn: Session }) {
  const signOut = useSignOut(location.pathname)
  const home = homeOrganisation(signedIn)?.slug ?? ''
  const of = useQuery({
    queryKey: ['joining', signedIn.account_id],
    enabled: home !== '',
    queryFn: () => call('get', '/v1/me', {}, { organisation: home }),
  }).data
  const name = isolated(of?.name ?? '')
  const login = [of?.user_id, of?.phone, of?.email].find((one) => one) ?? ''
  return (
    <Banner tone="accent">
      {of ? login === '' ? <Trans>You join as {name}.</Trans> : <Trans>You join as {name} ({login}).</Trans> : <Trans>You join with the account you are signed in with.</Trans>}{' '}
      <Trans>One account can belong to several organisations.</Trans>{' '}
      <Trans>Not you?</Trans> <Link onPress={() => signOut.mutate()}><Trans>Sign out</Trans></Link>
    </Banner>
  )
}
