/** What the law made whoever runs this server hand to authorities, as the organisation and the operator read it (ORG-07). */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { DisclosedKind, Disclosure } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { fullDay, moment } from '~/lib/dates'
import styles from './Disclosures.module.css'

export function useDisclosedKinds(): Record<DisclosedKind, string> {
  const { t } = useLingui()
  return { claim: t`Legal name and registration number`, documents: t`Documents`, contact: t`Contact` }
}

interface Props {
  of: readonly Disclosure[]
  /** What can be done about one. */
  act?: (disclosure: Disclosure) => ReactNode
}

export function Disclosures({ of, act }: Props) {
  const { t } = useLingui()
  if (of.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t`Disclosed to authorities`}>
      {of.map((one) => <li key={one.id}><One of={one} all={of} />{act?.(one)}</li>)}
    </ul>
  )
}

function One({ of, all }: { of: Disclosure; all: readonly Disclosure[] }) {
  const { i18n } = useLingui()
  const kinds = useDisclosedKinds()
  const earlier = all.find((one) => one.id === of.corrects)
  const isCorrected = all.some((one) => one.corrects === of.id)
  // A day is the same day everywhere: at noon no zone turns it into another one.
  const on = fullDay(`${of.disclosed_on}T12:00:00`, i18n.locale)
  const recorded = moment(of.recorded_at, i18n.locale)
  const corrected = earlier ? moment(earlier.recorded_at, i18n.locale) : ''
  const what = new Intl.ListFormat(i18n.locale, { style: 'narrow' }).format(of.kinds.map((kind) => kinds[kind]))
  return (
    <>
      <p className={styles.to}>{on} · {isolated(of.recipient)}</p>
      <p>{isolated(of.ground)}</p>
      <p className={styles.quiet}>{what} · <Trans>recorded on {recorded}</Trans></p>
      {earlier && <p className={styles.quiet}><Trans>Corrects what was recorded on {corrected}.</Trans></p>}
      {isCorrected && <p className={styles.quiet}><Trans>A later record corrects this one.</Trans></p>}
    </>
  )
}
