/** Where things are kept and for how long, in facts: out of the configuration, the settings and the data map (ADM-08). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { KeptFor, Storage } from '~/api/types'
import { regionName } from '~/lib/places'
import { Skeleton } from '~/ui/Skeleton'
import { fileStore, storage } from './asking'
import { QueryState } from './QueryState'
import { useOrganisation } from './session'
import { DAY_S, time, useUntil } from './until'
import { useWords } from './words'
import styles from './StorageFacts.module.css'

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
  const of = useWords()
  const until = useUntil()
  return (
    <section>
      <h4>{items[0] && of(items[0].function)}</h4>
      <ul>
        {items.map((item) => (
          <li key={item.purpose_code}>
            <span>{of(item.purpose)}</span>
            <span className={styles.until}>{item.until.map(until).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
