/** How many people whoever runs the server lets the organisation have; nothing where they set no limit. */
import { plural } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMay, useMe } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import styles from '../admin.module.css'
import { peopleRoom } from '../queries'

export function PeopleLimit() {
  const may = useMay()
  const isOfAll = useMe()?.has_part === false
  const room = useQuery({ ...peopleRoom(), enabled: isOfAll && may('people.see') }).data
  const most = room?.most_people
  if (room === undefined || typeof most !== 'number') return null
  const limit = plural(most, { one: '# person', other: '# people' })
  if (room.people >= most) return <Banner tone="warn"><Trans>Whoever runs this server lets your organisation have {limit}, and they are here. Nobody can be added or invited until somebody is erased.</Trans></Banner>
  return <p className={styles.count}><Trans>{room.people} so far. Whoever runs this server lets your organisation have at most {limit}; everybody counts who is not erased.</Trans></p>
}
