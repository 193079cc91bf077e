/** One peer organisation: where it stands, whom it shows, whom we show to it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { Peer, PeerContact, PeerState } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { Button } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import styles from '../admin.module.css'

interface Props {
  of: Peer
  canAccept: boolean
  onAccept: () => void
  onContact: () => void
  onEnd: () => void
}

export function PeerRow({ of, canAccept, onAccept, onContact, onEnd }: Props) {
  const { t, i18n } = useLingui()
  const title = useId()
  const name = isolated(organisationName(of, i18n.locale))
  const since = day(of.changed_at, i18n.locale)
  const states: Record<PeerState, [Tone, string]> = {
    asked: ['info', t`Waiting for their answer`],
    received: ['accent', t`Asks you`],
    connected: of.is_at_rest ? ['warn', t`At rest`] : ['ok', t`Connected`],
    declined: ['plain', t`Declined by them`],
  }
  const [tone, word] = states[of.state]
  return (
    <li className={styles.act} aria-labelledby={title}>
      <div className="grow">
        <h2 id={title} className={styles.actTitle}>{name}</h2>
        <p className={styles.actFacts}>
          <Chip tone={tone}>{word}</Chip>
          <span>{of.is_verified ? <Trans>Verified</Trans> : <Trans>Not verified</Trans>}</span>
          <span><Trans>since {since}</Trans></span>
        </p>
        {of.is_at_rest && <p className={styles.actFacts}><Trans>One of the two organisations is not verified, is suspended or is gone, or has switched this off. Until that is over the connection gives nothing.</Trans></p>}
        {of.state === 'declined' && <p className={styles.actFacts}><Trans>You can ask again 30 days after they declined.</Trans></p>}
        {of.state === 'connected' && !of.is_at_rest && <p className={styles.actFacts}><span><Trans>They show:</Trans> <Shown contact={of.contact} /></span></p>}
        {(of.state === 'connected' || of.state === 'asked') && <p className={styles.actFacts}><span><Trans>You show:</Trans> <Shown contact={of.own_contact} /></span></p>}
      </div>
      <span className={styles.buttons}>
        {of.state === 'received' && <Button size="s" variant="primary" isDisabled={!canAccept} aria-label={t`Accept ${name}…`} onPress={onAccept}><Trans>Accept…</Trans></Button>}
        {of.state === 'received' && <Button size="s" aria-label={t`Decline ${name}…`} onPress={onEnd}><Trans>Decline…</Trans></Button>}
        {(of.state === 'connected' || of.state === 'asked') && <Button size="s" aria-label={t`Whom ${name} sees…`} onPress={onContact}><Trans>Contact…</Trans></Button>}
        {of.state === 'asked' && <Button size="s" aria-label={t`Withdraw the request to ${name}…`} onPress={onEnd}><Trans>Withdraw…</Trans></Button>}
        {of.state === 'connected' && <Button size="s" variant="danger" aria-label={t`End the connection with ${name}…`} onPress={onEnd}><Trans>End…</Trans></Button>}
      </span>
    </li>
  )
}

function Shown({ contact }: { contact: PeerContact | null | undefined }) {
  if (!contact) return <span><Trans>only the name of the organisation</Trans></span>
  return <bdi>{[contact.name, contact.phone, contact.email].filter(Boolean).join(' · ')}</bdi>
}
