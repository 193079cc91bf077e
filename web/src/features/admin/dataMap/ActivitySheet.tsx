/** One purpose of the data map: its ground and clause, and each place with what stands there and the rule that takes it away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ComposedMap, Drift, Flow } from '~/api/types'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { statement as statementQuery } from '~/shell/statement'
import { useUntil } from '~/shell/until'
import { Chip } from '~/ui/Chip'
import { Link } from '~/ui/Link'
import { Sheet } from '~/ui/Sheet'
import type { Activity } from './activities'
import styles from './dataMap.module.css'
import { useDriftWords } from './useDriftWords'
import { useMapWords } from './useMapWords'

/** The rule an organisation sets by itself. */
const MESSAGES = 'RET-09'

export function ActivitySheet({ map, of, drifts, onClose }: { map: ComposedMap; of: Activity; drifts: readonly Drift[]; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { word, functionName, purposeName } = useMapWords(map)
  const purpose = map.purposes[of.purpose]
  const clause = map.functions[of.function]?.clause
  const statement = useQuery(statementQuery(isLanguage(i18n.locale) ? i18n.locale : 'en')).data
  const heading = statement?.sections.find(({ id }) => id === clause)?.heading ?? clause
  const fact = (title: string, value: ReactNode) => (
    <div key={title}>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <Sheet title={functionName(of.function)} isOpen onOpenChange={onClose}>
      <p className={styles.sentence}>{purposeName(of.purpose)}</p>
      <dl className={styles.facts}>
        {purpose && (
          <>
            {fact(t`Legal ground`, <>{word('cn', purpose.cn)}<br />{word('eu', purpose.eu)}</>)}
            {fact(t`Role`, word('role', purpose.role))}
            {fact(t`Asked first`, purpose.needs_consent ? t`Yes` : t`No`)}
          </>
        )}
        {typeof clause === 'string' && fact(t`Clause of the statement`, <Link href={`${links.statement()}#${clause}`}>{heading}</Link>)}
      </dl>
      <h3 className={styles.part}><Trans>Where it stands</Trans></h3>
      <ul className={styles.places}>
        {of.flows.map((flow) => <Place key={`${flow.place_kind} ${flow.place}`} map={map} of={flow} drifts={drifts.filter((drift) => drift.table === flow.place)} />)}
      </ul>
    </Sheet>
  )
}

function Place({ map, of, drifts }: { map: ComposedMap; of: Flow; drifts: readonly Drift[] }) {
  const { t } = useLingui()
  const slug = useSlug()
  const until = useUntil()
  const { of: wordsOf, word } = useMapWords(map)
  const { what } = useDriftWords()
  const recipient = map.recipients[of.recipient ?? '']
  const kept = of.until ? until(of.until) : ''
  const about = word('subject', of.subject)
  const rule = of.rule === MESSAGES ? <Link href={links.admin(slug, 'retention')}>{of.rule}</Link> : of.rule
  return (
    <li>
      <div className={styles.placeHead}>
        <span>{word('place', of.place_kind)}</span>
        <code>{of.place}</code>
        {of.is_sensitive && <Chip tone="warn">{t`sensitive`}</Chip>}
        {drifts.length > 0 && <Chip tone="bad">{t`not as this map says`}</Chip>}
      </div>
      {drifts.map((one) => <p key={`${one.place} ${one.kind}`}><code>{one.place}</code>: {what(one)}</p>)}
      <p><Trans>About: {about}</Trans></p>
      {of.columns.length > 0 && (
        <p className={styles.columns}>
          {of.columns.map(({ name, is_sealed }) => <Chip key={name} isTag>{is_sealed ? t`${name} (sealed)` : name}</Chip>)}
        </p>
      )}
      {recipient && (
        <>
          <p>{t`Sent to:`} {wordsOf(recipient.name)} · {wordsOf(recipient.region)}</p>
          <p>{wordsOf(recipient.kinds)}</p>
        </>
      )}
      {typeof of.rule === 'string' && (
        <p><Trans>Kept {kept}, because of rule {rule}</Trans></p>
      )}
      {of.erasure && <p>{word('erasure', of.erasure)}</p>}
    </li>
  )
}
