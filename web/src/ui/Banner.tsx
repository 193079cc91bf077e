/** Something the reader should know before going on. */
import { CircleAlert, Info, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon, type LucideIcon } from './Icon'
import styles from './Banner.module.css'

interface Props {
  tone?: 'info' | 'warn' | 'bad' | 'accent' | 'mark'
  icon?: LucideIcon
  children: ReactNode
  action?: ReactNode
  /** Read out at once, for what just went wrong. It can be given the focus, so that it is seen too. */
  isAlert?: boolean
}

const SIGNS = { info: Info, warn: TriangleAlert, bad: CircleAlert, accent: ShieldCheck, mark: TriangleAlert }

export function Banner({ tone = 'info', icon = SIGNS[tone], children, action, isAlert }: Props) {
  return (
    <div className={styles.banner} data-tone={tone} role={isAlert === true ? 'alert' : undefined} tabIndex={isAlert === true ? -1 : undefined}>
      <Icon icon={icon} />
      <div className="grow">{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
