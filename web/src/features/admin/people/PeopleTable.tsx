/** The people of the list as a table: as many as there are, drawn as far as they are in sight. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Member } from '~/api/types'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentNames, departments } from '~/shell/members'
import { usePreferences } from '~/shell/preferences'
import type { Found } from '~/shell/useFound'
import { Chip } from '~/ui/Chip'
import { VirtualTable } from '~/ui/VirtualTable'
import styles from '../admin.module.css'
import { PersonMenu } from './PersonMenu'
import { StateChip } from './StateChip'
import { useRoles } from './useRoles'

/** About as high as a person is, in pixels, as the style sheets draw one. */
const HEIGHTS = { normal: { line: 57, card: 200 }, compact: { line: 45, card: 176 } }
const NOBODY = { from: 0, to: 0 }
const idOf = (row: Member) => row.id

export function PeopleTable({ found }: { found: Found }) {
  const { t, i18n } = useLingui()
  const { rows, total, reachTo } = found
  const all = useQuery(departments()).data?.items ?? []
  const density = usePreferences((preferences) => preferences.density === 'compact' ? 'compact' : 'normal')
  const [drawn, setDrawn] = useState(NOBODY)
  const rolesOf = useRoles(rows, drawn)
  const onDrawn = useCallback(
    (from: number, to: number) => {
      setDrawn((before) => (before.from === from && before.to === to ? before : { from, to }))
      reachTo(from, to)
    },
    [reachTo],
  )
  return (
    <VirtualTable
      label={t`People`}
      rows={rows}
      rowKey={idOf}
      total={total}
      heights={HEIGHTS[density]}
      isBusy={found.isOld}
      onDrawn={onDrawn}
      columns={[
        {
          id: 'name',
          title: t`Name`,
          isHead: true,
          width: '26%',
          cell: (row) => (
            <span className={styles.person}>
              <MemberAvatar member={row} size={28} />
              <span className="grow">
                {row.name}
                {row.position && <small>{row.position}</small>}
              </span>
            </span>
          ),
        },
        { id: 'login', title: t`Signs in with`, width: '19%', cell: (row) => <bdi>{[row.user_id, row.phone, row.email].filter(Boolean)[0] ?? '–'}</bdi> },
        { id: 'department', title: t`Department`, width: '21%', cell: (row) => <bdi>{departmentNames(all, row.department_ids, i18n.locale) || '–'}</bdi> },
        { id: 'role', title: t`Role`, width: '17%', cell: (row) => <bdi>{rolesOf(row)}</bdi> },
        { id: 'state', title: t`State`, cell: (row) => <><StateChip state={row.state} />{row.restricted_at && <> <Chip tone="info">{t`data frozen`}</Chip></>}</> },
        { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, width: '52px', cell: (row) => <PersonMenu member={row} /> },
      ]}
    />
  )
}
