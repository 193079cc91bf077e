/** The chart on paper: as an outline of what is opened, since a sheet is narrow and has no end below. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { createPortal } from 'react-dom'
import { listOf } from '~/lib/lists'
import type { MembersById } from '~/shell/members'
import { type Branch, linesOf } from './branches'
import styles from './Chart.module.css'

export function ChartPaper({ root, name, leaders }: { root: Branch; name: string; leaders: MembersById }) {
  const { t, i18n } = useLingui()
  const lines = linesOf(root).filter((one) => one.department !== undefined)
  return createPortal(
    <div data-print className={styles.paper} aria-hidden="true">
      <h1>{name}</h1>
      <p>{t`Organisation chart`}</p>
      <ul>
        {lines.map(({ id, level, department }) => {
          const names = listOf(i18n.locale, (department?.leader_ids ?? []).flatMap((leader) => leaders.get(leader)?.name ?? []))
          return (
            <li key={id} style={{ paddingInlineStart: `${(level - 2) * 6}mm` }}>
              <b>{department?.name}</b>
              {names !== '' && <> · {names}</>} · {plural(department?.member_count ?? 0, { one: '# person', other: '# people' })}
            </li>
          )
        })}
      </ul>
    </div>,
    document.body,
  )
}
