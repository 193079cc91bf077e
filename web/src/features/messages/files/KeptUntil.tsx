/** Until when something is kept. From the server's own date, never reckoned here (RET-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Timer } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { useTimes } from '../times'
import styles from './KeptUntil.module.css'

/** `isShort`: where one line has room for the day only; the words are still read out. */
export function KeptUntil({ at, isShort = false }: { at: string; isShort?: boolean }) {
  const { i18n } = useLingui()
  const times = useTimes()
  const day = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(at))
  return (
    <span className={styles.kept} title={times.full(at)}>
      <Icon icon={Timer} size={13} />
      {isShort && <span className="ellipsis" aria-hidden="true">{day}</span>}
      <span className={isShort ? 'hidden-visually' : undefined}><Trans>kept until {day}</Trans></span>
    </span>
  )
}
