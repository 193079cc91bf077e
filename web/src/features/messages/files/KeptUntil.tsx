/** Until when something is kept. From the server's own date, never reckoned here (RET-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Timer } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { useTimes } from '../times'
import styles from './KeptUntil.module.css'

export function KeptUntil({ at }: { at: string }) {
  const { i18n } = useLingui()
  const times = useTimes()
  const day = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(at))
  return (
    <span className={styles.kept} title={times.full(at)}>
      <Icon icon={Timer} size={13} />
      <Trans>kept until {day}</Trans>
    </span>
  )
}
