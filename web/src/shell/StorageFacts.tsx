/** Where things are kept and for how long, in facts: out of the configuration, the settings and the data map (ADM-08). */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { KeptFor, Storage, Until } from '~/api/types'
import { regionName } from '~/lib/places'
import { Skeleton } from '~/ui/Skeleton'
import { fileStore, storage } from './asking'
import { isLanguage } from './language'
import { QueryState } from './QueryState'
import { useOrganisation } from './session'
import styles from './StorageFacts.module.css'

const HOUR_S = 3_600
const DAY_S = 86_400

export function StorageFacts() {
  const found = useQueries({
    queries: [storage(), fileStore()],
    combine: ([rules, files]) => ({
      data: rules.data && files.data && { rules: rules.data, hasBucket: files.data.kind === 'bucket' },
      error: rules.error ?? files.error,
      refetch: () => Promise.all([rules.refetch(), files.refetch()]),
    }),
  })
  return (
    <QueryState of={found} skeleton={<Skeleton kind="table" rows={4} />}>
      {({ rules, hasBucket }) => <Facts rules={rules} hasBucket={hasBucket} />}
    </QueryState>
  )
}

function Facts({ rules, hasBucket }: { rules: Storage; hasBucket: boolean }) {
  const { t, i18n } = useLingui()
  const region = useOrganisation()?.region
  const { address } = rules
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t`Server`}</dt>
        <dd><Trans>Your organisation’s own, {address}</Trans></dd>
        <dt>{t`Files`}</dt>
        <dd>{hasBucket ? t`In a store for files (S3) that this server uses, encrypted` : t`In a folder of this server, encrypted`}</dd>
        {region !== undefined && region !== '' && (
          <>
            <dt>{t`Region of the organisation`}</dt>
            <dd>{regionName(region, i18n.locale)}</dd>
          </>
        )}
        <dt>{t`Messages and their files`}</dt>
        <dd><Kept length={time(rules.chat_retention_days * DAY_S)} /></dd>
        <dt>{t`Audit log`}</dt>
        <dd><Kept length={time(rules.audit_days * DAY_S)} /></dd>
      </dl>
      <details className={styles.all}>
        <summary>{t`Everything that is kept, and until when`}</summary>
        {grouped(rules.items).map((group) => <Group key={group[0]?.purpose_code} items={group} />)}
      </details>
    </>
  )
}

function Kept({ length }: { length: string }) {
  return <Trans>{length}, then deleted</Trans>
}

/** Of one function after the other, as they come. */
function grouped(items: readonly KeptFor[]): KeptFor[][] {
  const groups: KeptFor[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last?.[0]?.function.en === item.function.en) last.push(item)
    else groups.push([item])
  }
  return groups
}

function Group({ items }: { items: readonly KeptFor[] }) {
  const { i18n } = useLingui()
  const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  const until = useUntil()
  return (
    <section>
      <h4>{items[0]?.function[language]}</h4>
      <ul>
        {items.map((item) => (
          <li key={item.purpose_code}>
            <span>{item.purpose[language]}</span>
            <span className={styles.until}>{item.until.map(until).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function time(seconds: number): string {
  if (seconds < DAY_S) {
    const hours = Math.round(seconds / HOUR_S)
    return plural(hours, { one: '# hour', other: '# hours' })
  }
  const days = Math.round(seconds / DAY_S)
  return plural(days, { one: '# day', other: '# days' })
}

function useUntil() {
  const { t } = useLingui()
  return ({ kind, kept_for_s: seconds }: Until): string => {
    const length = time(seconds ?? 0)
    switch (kind) {
      case 'period':
        return length
      case 'messages':
        return t`${length}, as your organisation chose`
      case 'after_end':
        return t`${length} after it is over`
      case 'newest':
        return t`only the newest`
      case 'session':
        return t`until the sign-in ends`
      case 'conversation':
        return t`as long as the conversation is there`
      case 'membership':
        return t`as long as you are here; erased after you leave`
      case 'account':
        return t`as long as your account is there`
      case 'organisation':
        return t`until the organisation takes it away`
      case 'need':
        return t`as long as it is needed for this`
    }
  }
}
