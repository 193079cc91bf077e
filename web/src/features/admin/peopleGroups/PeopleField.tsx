/** Several people, found by name one after the other. */
import { Plural, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { PersonField } from '~/shell/PersonField'
import { IconButton } from '~/ui/IconButton'
import styles from '../admin.module.css'

/** So many are named; the others are counted. */
const NAMED = 100

interface Props {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  errorMessage?: string | undefined
}

export function PeopleField({ label, value, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  // Who came last is named.
  const named = value.slice(-NAMED)
  const people = useMembersById(named)
  const takeAway = (name: string) => t`Take ${name} away`
  return (
    <div className={styles.names}>
      {/* Empty again after each choice. */}
      <PersonField key={value.length} label={label} value={null} hasFocus={false} errorMessage={errorMessage} onChange={(member) => member && !value.includes(member.id) && onChange([...value, member.id])} />
      {named.length > 0 && (
        <ul className={styles.departments} aria-label={t`Chosen`}>
          {named.map((id) => (
            <li key={id} className={styles.link}>
              <span className="grow"><MemberName id={id} people={people} otherwise="–" /></span>
              <IconButton icon={X} size="s" label={takeAway(people.get(id)?.name ?? '')} onPress={() => onChange(value.filter((one) => one !== id))} />
            </li>
          ))}
        </ul>
      )}
      {value.length > NAMED && <small><Plural value={value.length - NAMED} one="and # more" other="and # more" /></small>}
    </div>
  )
}
