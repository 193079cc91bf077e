/** Asks for an agreement when it is needed, in the words of the data map: who, what for, how, what, until when, how to take it back, and how
 *  one does without (CON-02, CON-04). A refusal closes the dialog and nothing else (CON-01). */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useProblemText } from '~/api/problems'
import type { Consent, ConsentWay } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Dialog } from '~/ui/Dialog'
import { useAgree } from './consents'
import { useOrganisationName } from './session'
import { useUntil } from './until'
import { useWords } from './words'
import styles from './ConsentDialog.module.css'

interface Props {
  of: Consent
  way: ConsentWay
  onClose: () => void
  /** Once the agreement is recorded. */
  onAgreed: () => void
}

export function ConsentDialog({ of, way, onClose, onAgreed }: Props) {
  const say = useWords()
  const textOf = useProblemText()
  const agree = useAgree(way)
  return (
    <Dialog
      title={say(of.name)}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Not now</Trans></Button>
          <Button variant="primary" isPending={agree.isPending} onPress={() => agree.mutate(of, { onSuccess: onAgreed })}><Trans>Agree</Trans></Button>
        </>
      }
    >
      {of.state === 'outgrown' && <Banner tone="info"><Trans>You agreed to this before. What it says has changed since, so you are asked again.</Trans></Banner>}
      <ConsentText of={of} />
      {agree.error !== null && <Banner tone="bad" isAlert>{textOf(agree.error)}</Banner>}
    </Dialog>
  )
}

/** What is agreed to, a question a line. */
export function ConsentText({ of }: { of: Consent }) {
  const { t, i18n } = useLingui()
  const say = useWords()
  const until = useUntil()
  const organisation = useOrganisationName()
  const list = new Intl.ListFormat(i18n.locale, { type: 'conjunction' })
  return (
    <dl className={styles.facts}>
      <Fact title={t`Who`}>{of.role === 'processor' ? organisation : t`Whoever runs this installation`}</Fact>
      <Fact title={t`What for`}>{say(of.sentence)}</Fact>
      <Fact title={t`How it is done`}>{say(of.method)}</Fact>
      <Fact title={t`Which data`}>
        <span className={styles.kinds}>
          {of.kinds.map((kind) => (
            <Chip key={kind.category} tone={kind.is_sensitive ? 'warn' : 'plain'}>
              {say(kind.name)}
              {kind.is_sensitive && <> · <Trans>sensitive</Trans></>}
            </Chip>
          ))}
        </span>
      </Fact>
      <Fact title={t`Who outside gets it`}>{of.recipients.length === 0 ? t`Nobody` : list.format(of.recipients.map(say))}</Fact>
      <Fact title={t`Kept for`}>{until(of.until)}</Fact>
      <Fact title={t`Taking it back`}><Trans>At any time, under Settings, Privacy statement.</Trans> {say(of.withdrawal)}</Fact>
      <Fact title={t`Without it`}>{say(of.otherwise)}</Fact>
    </dl>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  )
}
