/** The people of a department or of a search; only what is in sight is drawn. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { rowsOf } from '~/api/client'
import type { Department, Member } from '~/api/types'
import { useIsPhone } from '~/lib/useMedia'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentPath } from '~/shell/members'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Chip } from '~/ui/Chip'
import { usePreferences } from '~/shell/preferences'
import { ListRow } from '~/ui/ListRow'
import { EmptyState } from '~/ui/State'
import { people, type PeopleFilter } from './queries'
import styles from './PeoplePage.module.css'

interface Props {
  title: string
  filter: PeopleFilter
  departments: readonly Department[]
  current: string | undefined
}

export function PeopleList({ title, filter, departments, current }: Props) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const found = useInfiniteQuery(people(filter))
  const rows = rowsOf<'/v1/members'>(found.data)
  const leaders = rows.filter((row) => filter.department !== undefined && row.leads.includes(filter.department)).map((row) => row.name)
  const count = rows.length
  const more = found.hasNextPage ? '+' : ''
  return (
    <>
      <header className={styles.head}>
        {isPhone ? <h2>{title}</h2> : <h1>{title}</h1>}
        {found.data && (
          <span>
            {plural(count, { one: `#${more} person`, other: `#${more} people` })}
            {leaders.length > 0 && <> · <Trans>led by {leaders.join(', ')}</Trans></>}
          </span>
        )}
      </header>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }}>
        {() =>
          rows.length === 0 ? (
            filter.query === undefined ? (
              <EmptyState title={t`Nobody here yet`}><Trans>People appear here when an administrator puts them into this department.</Trans></EmptyState>
            ) : (
              <EmptyState kind="none" title={t`Nobody matches “${filter.query}”`}><Trans>Try the pinyin, the initials or the staff number.</Trans></EmptyState>
            )
          ) : (
            <Rows rows={rows} departments={departments} current={current} department={filter.department} onEnd={found.hasNextPage && !found.isFetching ? () => void found.fetchNextPage() : undefined} />
          )
        }
      </QueryState>
    </>
  )
}

interface RowsProps {
  rows: readonly Member[]
  departments: readonly Department[]
  department: string | undefined
  current: string | undefined
  onEnd: (() => void) | undefined
}

const ROW = { normal: 60, compact: 52 }

function Rows({ rows, departments, department, current, onEnd }: RowsProps) {
  const { t } = useLingui()
  const slug = useSlug()
  const scroll = useRef<HTMLDivElement>(null)
  const height = ROW[usePreferences().density]
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 12 })
  useEffect(() => virtual.measure(), [virtual, height])
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 20) onEnd?.()
  }, [last, rows.length, onEnd])
  return (
    <div ref={scroll} className={styles.scroll}>
      <ul className={styles.rows} style={{ blockSize: virtual.getTotalSize() }} aria-label={t`People`}>
        {shown.map((item) => {
          const member = rows[item.index]
          if (!member) return null
          const place = member.department_ids.map((id) => departmentPath(departments, id).at(-1)).filter(Boolean).join(', ')
          return (
            <li key={member.id} className={styles.place} style={{ transform: `translateY(${item.start}px)` }} aria-setsize={rows.length} aria-posinset={item.index + 1}>
              <ListRow
                isRoomy
                href={links.person(slug, member.id, department)}
                isCurrent={member.id === current}
                start={<MemberAvatar member={member} size={40} />}
                title={member.name}
                detail={[member.position, place].filter(Boolean).join(' · ')}
                end={
                  <span className={styles.end}>
                    {member.is_me && <Chip isTag tone="accent"><Trans>me</Trans></Chip>}
                    {member.state === 'suspended' && <Chip isTag tone="warn"><Trans>suspended</Trans></Chip>}
                    <span className={`${styles.number} num`}>{member.staff_number}</span>
                  </span>
                }
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
