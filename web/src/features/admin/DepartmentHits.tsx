/** The departments that are called so, each with those above it; one that is chosen is shown in the tree (DIR-04). */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Department } from '~/api/types'
import { departmentPath, departmentsCalled } from '~/shell/members'
import { QueryState } from '~/shell/QueryState'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import styles from './admin.module.css'

/** More than these are not drawn at once. */
const MOST = 60

interface Props {
  all: readonly Department[]
  words: string
  onShow: (department: Department) => void
}

export function DepartmentHits({ all, words, onShow }: Props) {
  const { t } = useLingui()
  // While somebody types, what was found before stays.
  const found = useQuery({ ...departmentsCalled(words), placeholderData: keepPreviousData })
  return (
    <QueryState of={found} skeleton={<Skeleton kind="table" />}>
      {({ items }) => {
        const hiddenPlaces = Math.max(0, items.length - MOST)
        return items.length === 0 ? (
          <EmptyState kind="none" title={t`No department is called so.`} />
        ) : (
          <>
            <ul aria-label={t`Departments called so`} aria-busy={found.isPlaceholderData}>
              {items.slice(0, MOST).map((one) => (
                <li key={one.id}>
                  <Button className={styles.hit} onPress={() => onShow(one)}>
                    <span className="grow">
                      <b className="ellipsis">{one.name}</b>
                      <small className="ellipsis">{departmentPath(all, one.id).slice(0, -1).join(' / ')}</small>
                    </span>
                    {one.is_archived && <Chip isTag icon={Archive}>{t`archived`}</Chip>}
                  </Button>
                </li>
              ))}
            </ul>
            {hiddenPlaces > 0 && <p className={styles.count}>{plural(hiddenPlaces, { one: '# more department: type to find it', other: '# more departments: type to find them' })}</p>}
          </>
        )
      }}
    </QueryState>
  )
}
