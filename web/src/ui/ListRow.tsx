/** One line of a list that opens something. */
import type { ReactNode } from 'react'
import { Link } from 'react-aria-components'
import styles from './ListRow.module.css'

interface Props {
  href: string
  start?: ReactNode
  title: ReactNode
  detail?: ReactNode
  end?: ReactNode
  isCurrent?: boolean
  isRoomy?: boolean
}

export function ListRow({ href, start, title, detail, end, isCurrent, isRoomy }: Props) {
  return (
    <Link href={href} className={styles.row} data-roomy={isRoomy || undefined} aria-current={isCurrent === true ? 'page' : undefined}>
      {start}
      <span className="grow">
        <span className={`${styles.title} ellipsis`}>{title}</span>
        {detail !== undefined && <span className={`${styles.detail} ellipsis`}>{detail}</span>}
      </span>
      {end}
    </Link>
  )
}
