/** Narrows the audit log by who, to whom, what and when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMembersById } from '~/shell/members'
import { PersonField } from '~/shell/PersonField'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { DateField } from '~/ui/DateField'
import { ActField } from './ActField'
import styles from './audit.module.css'
import { narrowed, type AuditSearch } from './filter'

interface Props {
  search: AuditSearch
  onChange: (search: AuditSearch) => void
}

export function AuditFilters({ search, onChange }: Props) {
  const { t } = useLingui()
  const people = useMembersById([search.actor, search.target])
  const part = <K extends keyof AuditSearch>(key: K, value: AuditSearch[K] | null | '') => onChange(narrowed(search, key, value))
  const person = (key: 'actor' | 'target', label: string) => {
    const chosen = people.get(search[key] ?? '') ?? null
    return <PersonField key={`${key} ${chosen?.id ?? ''}`} label={label} value={chosen} onChange={(member) => part(key, member?.id)} />
  }
  return (
    <search className={styles.filters} aria-label={t`Narrow the audit log`}>
      {person('actor', t`Who`)}
      {person('target', t`About`)}
      <ActField value={search.name} onChange={(name) => part('name', name)} />
      <div className={styles.days}>
        <DateField label={t`From`} value={search.from ?? ''} onChange={(day) => part('from', day)} />
        <DateField label={t`Until`} value={search.until ?? ''} onChange={(day) => part('until', day)} />
      </div>
      <div className={styles.last}>
        <Checkbox isSelected={search.refused === true} onChange={(is) => part('refused', is ? true : null)}><Trans>Only what was refused</Trans></Checkbox>
        {Object.keys(search).length > 0 && <Button size="s" onPress={() => onChange({})}><Trans>Show everything</Trans></Button>}
      </div>
    </search>
  )
}
