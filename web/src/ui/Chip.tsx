/** A state or a kind, always with a word. */
import type { ReactNode } from 'react'
import { Icon, type LucideIcon } from './Icon'
import styles from './Chip.module.css'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'mark' | 'line'

interface Props {
  tone?: Tone
  icon?: LucideIcon
  isTag?: boolean
  children: ReactNode
}

export function Chip({ tone = 'plain', icon, isTag, children }: Props) {
  return (
    <span className={styles.chip} data-tone={tone} data-tag={isTag || undefined}>
      {icon && <Icon icon={icon} size={13} />}
      {children}
    </span>
  )
}
