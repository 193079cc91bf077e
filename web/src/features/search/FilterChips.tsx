/** The filters of a search, each to be taken away. */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Filters } from '~/shell/finding'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { conversationParts } from '~/shell/preview'
import { Icon } from '~/ui/Icon'
import { useDayName, useKindNames } from './names'
import styles from './FilterChips.module.css'

interface Props {
  filters: Filters
  onRemove: (name: keyof Filters) => void
}

export function FilterChips({ filters, onRemove }: Props) {
  const { t } = useLingui()
  const { Title } = conversationParts()
  const people = useMembersById([filters.from])
  const kinds = useKindNames()
  const dayName = useDayName()
  const chip = (name: keyof Filters, label: string, value: ReactNode) => <Chip key={name} label={label} value={value} removal={t`Remove the filter: ${label}`} onRemove={() => onRemove(name)} />
  return (
    <>
      {filters.from !== undefined && chip('from', t`Sent by`, <MemberName id={filters.from} people={people} otherwise={t`somebody who left`} />)}
      {filters.in !== undefined && chip('in', t`In`, <Title id={filters.in} />)}
      {filters.after !== undefined && chip('after', t({ message: 'Since', context: 'before a day' }), dayName(filters.after))}
      {filters.before !== undefined && chip('before', t`Before`, dayName(filters.before))}
      {filters.kind !== undefined && chip('kind', t({ message: 'Kind', context: 'of what is looked for' }), kinds[filters.kind])}
    </>
  )
}

function Chip({ label, value, removal, onRemove }: { label: string; value: ReactNode; removal: string; onRemove: () => void }) {
  return (
    <span className={styles.chip}>
      <span className={styles.label}>{label}</span>
      <span className={`${styles.value} ellipsis`}>{value}</span>
      <Button className={styles.remove} aria-label={removal} onPress={onRemove}>
        <Icon icon={X} size={13} />
      </Button>
    </span>
  )
}
