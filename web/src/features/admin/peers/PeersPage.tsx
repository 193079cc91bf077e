/** Which other organisations on this server are peers of ours (XORG-02), and who may speak with them (XORG-03). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Handshake } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Peer } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { useIsOn } from '~/shell/applications'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { SwitchedOffPage } from '~/shell/SwitchedOff'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { peerKeys, peers } from '../queries'
import { PeerDialog } from './PeerDialog'
import { PeerRow } from './PeerRow'
import { SpeakersSection } from './SpeakersSection'

type Asking = { what: 'ask' } | { what: 'accept' | 'contact'; id: string }

export function PeersPage() {
  return useIsOn()('peers') ? <PeerOrganisations /> : <SwitchedOffPage />
}

function PeerOrganisations() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(peers())
  const [asking, setAsking] = useState<Asking | null>(null)
  const [ending, setEnding] = useState<Peer | null>(null)
  const close = () => setAsking(null)
  // As it is now: somebody else, or the other side, may have changed it meanwhile.
  const about = asking !== null && asking.what !== 'ask' ? found.data?.items.find((one) => one.id === asking.id) : undefined
  const ask = found.data?.is_verified === true && <Button variant="primary" icon={Handshake} onPress={() => setAsking({ what: 'ask' })}><Trans>Ask an organisation</Trans></Button>
  return (
    <>
      <PageTitle>{t`Peer organisations`}</PageTitle>
      <PageHead
        title={t`Peer organisations`}
        lead={t`Other organisations on this server that yours has to do with. Both sides must be verified, both must want it, and either side ends it.`}
        back={adminStart(slug)}
        actions={ask}
        width="narrow"
      />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton rows={4} />}>
          {({ items, is_verified }) => (
            <>
              {!is_verified && <Banner tone="warn"><Trans>Your organisation is not verified. It can neither ask nor accept, and its connections rest, until it is: see Verification under Organisation.</Trans></Banner>}
              {items.length === 0 ? (
                <EmptyState title={t`No peer organisations yet`}><Trans>Ask one by the short name under which its people sign in.</Trans></EmptyState>
              ) : (
                <ul className={styles.acts} aria-label={t`Peer organisations`}>
                  {items.map((peer) => (
                    <PeerRow
                      key={peer.id}
                      of={peer}
                      canAccept={is_verified && peer.is_verified}
                      onAccept={() => setAsking({ what: 'accept', id: peer.id })}
                      onContact={() => setAsking({ what: 'contact', id: peer.id })}
                      onEnd={() => setEnding(peer)}
                    />
                  ))}
                </ul>
              )}
            </>
          )}
        </QueryState>
        <Section title={t`Who may speak with peers`} lead={t`They see the peer organisations under Contacts. To everybody else there are none.`}>
          <SpeakersSection />
        </Section>
      </PageBody>
      {asking?.what === 'ask' && <PeerDialog what="ask" onClose={close} />}
      {asking !== null && asking.what !== 'ask' && about && <PeerDialog what={asking.what} peer={about} onClose={close} />}
      {ending && <EndDialog of={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

/** Ends a connection, takes a request back, or declines one. */
function EndDialog({ of, onClose }: { of: Peer; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const name = isolated(organisationName(of, i18n.locale))
  const end = useMutation({
    mutationFn: () => call('delete', '/v1/peers/{peer}', { path: { peer: of.id } }, { seen: etagOf(of) }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      await markStale(queries, peerKeys())
      onClose()
    },
  })
  const [title, confirm] =
    of.state === 'received' ? [t`Decline the request of ${name}?`, t`Decline`] : of.state === 'asked' ? [t`Withdraw the request to ${name}?`, t`Withdraw the request`] : [t`End the connection with ${name}?`, t`End the connection`]
  return (
    <ConfirmDialog title={title} confirm={confirm} isPending={end.isPending} isOpen onOpenChange={onClose} onConfirm={() => end.mutate()}>
      {of.state === 'received' && <Trans>They are told, and can ask again after 30 days.</Trans>}
      {of.state === 'asked' && <Trans>They do not see it any more.</Trans>}
      {of.state === 'connected' && <Trans>Neither side sees whom to ask for at the other any more. They are told.</Trans>}
    </ConfirmDialog>
  )
}
