/** Who sees it and how long it is kept, next to the thing itself. The words come from the policy, never from here. */
import { Eye, Timer } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Icon, type LucideIcon } from './Icon'
import styles from './PrivacyLine.module.css'

interface Props {
  seenBy?: ReactNode
  keptFor?: ReactNode
  more?: { icon: LucideIcon; text: ReactNode }[]
}

export const PrivacyLine = memo(function PrivacyLine({ seenBy, keptFor, more = [] }: Props) {
  const parts = [
    ...(seenBy === undefined ? [] : [{ icon: Eye, text: seenBy }]),
    ...(keptFor === undefined ? [] : [{ icon: Timer, text: keptFor }]),
    ...more,
  ]
  return (
    <span className={styles.line}>
      {parts.map((part, place) => (
        <span key={place} className={styles.part}>
          <Icon icon={part.icon} size={13} />
          <span>{part.text}</span>
        </span>
      ))}
    </span>
  )
})
