/** Until when a request is to be answered, and how late it is; in words, not by a colour alone. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { SubjectRequest } from '~/api/types'
import { day } from '~/lib/dates'
import { Chip } from '~/ui/Chip'
import styles from '../admin.module.css'

/** The limit is the first instant after its last day. */
export const lastDay = (limit: string) => new Date(Date.parse(limit) - 1).toISOString()

export function Due({ of }: { of: SubjectRequest }) {
  const { i18n } = useLingui()
  const last = day(lastDay(of.due.limit_at), i18n.locale)
  return (
    <span>
      <time dateTime={of.due.target_at}>{day(of.due.target_at, i18n.locale)}</time> <small className={styles.count}><Trans>at the latest {last}</Trans></small>
      {of.due.lateness === 'past_target' && <> <Chip tone="warn"><Trans>late</Trans></Chip></>}
      {of.due.lateness === 'past_limit' && <> <Chip tone="bad"><Trans>past the limit</Trans></Chip></>}
    </span>
  )
}
