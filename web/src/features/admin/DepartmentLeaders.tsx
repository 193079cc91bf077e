/** Who leads a department from inside, and where that is changed. */
import { Trans } from '@lingui/react/macro'
import { Fragment } from 'react'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import styles from './admin.module.css'

export function DepartmentLeaders({ ids }: { ids: readonly string[] }) {
  const people = useMembersById(ids)
  return (
    <div>
      <p className={styles.legend}><Trans>Leaders</Trans></p>
      <p>{ids.length === 0 ? '–' : ids.map((id, place) => <Fragment key={id}>{place > 0 && ', '}<MemberName id={id} people={people} otherwise="–" /></Fragment>)}</p>
      <p className={styles.count}><Trans>Leaders are set at the person.</Trans></p>
    </div>
  )
}
