/** Who leads a department without being in it. */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { PersonField } from '~/shell/PersonField'
import { IconButton } from '~/ui/IconButton'
import styles from './admin.module.css'

interface Props {
  value: readonly string[]
  onChange: (ids: string[]) => void
}

export function DottedLeaders({ value, onChange }: Props) {
  const { t } = useLingui()
  const people = useMembersById(value)
  const takeAway = (name: string) => t`Take ${name} away`
  return (
    <div className={styles.names}>
      {value.map((id) => (
        <span key={id} className={styles.link}>
          <span className="grow"><MemberName id={id} people={people} otherwise="–" /></span>
          <IconButton icon={X} size="s" label={takeAway(people.get(id)?.name ?? '')} onPress={() => onChange(value.filter((one) => one !== id))} />
        </span>
      ))}
      {/* Empty again after each choice. */}
      <PersonField key={value.length} label={t`Led from outside by`} value={null} onChange={(member) => member && !value.includes(member.id) && onChange([...value, member.id])} />
    </div>
  )
}
