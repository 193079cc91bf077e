/** Who leads whom: the departments of the organisation as a chart. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { Department } from '~/api/types'
import { useIsPhone } from '~/lib/useMedia'
import { links } from '~/shell/links'
import { departments, useMembersById } from '~/shell/members'
import { PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { peopleCount } from '~/shell/people'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useOrganisationName } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { branchOf, linesOf, toggled, usual, WHOLE, withMore } from './branches'
import styles from './Chart.module.css'
import { ChartPaper } from './ChartPaper'
import { ChartTree } from './ChartTree'
import { SizeButtons } from './SizeButtons'
import { useDrag, useSize } from './useSize'

export function ChartPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(departments())
  return (
    <div className={styles.page}>
      <PageTitle>{t`Organisation chart`}</PageTitle>
      <PageHead
        title={t`Organisation chart`}
        back={links.people(slug)}
        actions={<Button icon={Printer} onPress={() => print()}><Trans>Print</Trans></Button>}
      />
      <QueryState of={found} skeleton={<Skeleton rows={6} />}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t`No departments yet`}><Trans>An administrator makes them. Then everybody sees here who leads whom.</Trans></EmptyState> : <Chart all={items} />)}
      </QueryState>
    </div>
  )
}

function Chart({ all }: { all: readonly Department[] }) {
  const slug = useSlug()
  const router = useRouter()
  const name = useOrganisationName()
  const count = useQuery(peopleCount({})).data?.count
  const [view, setView] = useState(usual)
  const root = useMemo(() => branchOf(all, view), [all, view])
  const leaders = useMembersById(linesOf(root).flatMap((one) => one.department?.leader_ids ?? []))
  const box = useRef<HTMLDivElement>(null)
  // On a phone it is an outline, which is read and not looked over.
  const isOutline = useIsPhone()
  const size = useSize(box, isOutline)
  const drag = useDrag()
  return (
    <>
      <div className={styles.frame} onKeyDown={size.press} role="presentation">
        <div ref={box} className={styles.scroll} data-wide data-dragging={drag.isDragging || undefined} {...drag.handlers} role="presentation">
          <ChartTree
            root={root}
            scale={size.scale}
            name={name}
            count={count}
            leaders={leaders}
            onToggle={(id) => setView((before) => toggled(before, id))}
            onMore={(id) => setView((before) => withMore(before, id))}
            onOpen={(id) => void router.navigate({ href: id === WHOLE ? links.people(slug) : links.department(slug, id) })}
          />
        </div>
        {!isOutline && <SizeButtons scale={size.scale} onSmaller={size.smaller} onLarger={size.larger} onFit={size.fit} />}
      </div>
      <ChartPaper root={root} name={name} leaders={leaders} />
    </>
  )
}
