/** The modules, down the wall. */
import { useLingui } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { Link } from 'react-aria-components'
import { Icon } from '~/ui/Icon'
import { useModules, type ShellModule } from './modules'
import styles from './Rail.module.css'

export function Rail({ slug }: { slug: string }) {
  const { t } = useLingui()
  const modules = useModules(slug)
  return (
    <nav className={styles.rail} aria-label={t`Modules`}>
      {modules.map((module) => (
        <RailItem key={module.id} module={module} />
      ))}
    </nav>
  )
}

function RailItem({ module }: { module: ShellModule }) {
  const { i18n, t } = useLingui()
  const isCurrent = useLocation({ select: (place) => place.pathname.startsWith(module.path) })
  const label = i18n._(module.label)
  const count = i18n.number(module.badge)
  return (
    <Link href={module.href} className={styles.item} aria-current={isCurrent ? 'page' : undefined} data-last={module.isLast || undefined}>
      <Icon icon={module.icon} size={21} />
      <span className={styles.label}>{label}</span>
      {module.badge > 0 && (
        <b className={styles.badge}>
          <span aria-hidden="true">{module.badge > 99 ? '99+' : count}</span>
          <span className="hidden-visually">{t`${count} unread`}</span>
        </b>
      )}
    </Link>
  )
}
