/** The data map for whoever answers for it: flows of personal data, narrowed, with rule and clause, and as records of processing (C1). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { ComposedMap, Drift } from '~/api/types'
import { links } from '~/shell/links'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { adminStart } from '../AdminLayout'
import { dataMap, drifts } from '../queries'
import { activitiesOf } from './activities'
import { ActivitySheet } from './ActivitySheet'
import { ActivityTable } from './ActivityTable'
import { nodesOf } from './diagram'
import { ExportMenu } from './ExportMenu'
import { flowsOf, queryOf, type MapSearch } from './filter'
import { FlowDiagram } from './FlowDiagram'
import { MapFilters } from './MapFilters'
import { Paper, usePaper } from './Paper'
import { Reality } from './Reality'

const route = getRouteApi('/o/$slug/admin/data-map')

export function DataMapPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(dataMap())
  const compared = useQuery(drifts()).data
  const { printedAt, print } = usePaper()
  return (
    <>
      <PageTitle>{t`Data map`}</PageTitle>
      <PageHead
        title={t`Data map`}
        lead={t`Which personal data there is, for what, on what ground, until when, and who gets it. The program runs by this map: what is not in it is kept nowhere.`}
        back={adminStart(slug)}
        actions={found.data && <ExportMenu onPrint={print} />}
      />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={10} />}>{(map) => (
          <>
            {compared && <Reality of={compared} />}
            <Whole map={map} drifts={compared?.drifts ?? []} printedAt={printedAt} />
          </>
        )}</QueryState>
      </PageBody>
    </>
  )
}

function Whole({ map, drifts: found, printedAt }: { map: ComposedMap; drifts: readonly Drift[]; printedAt: number | null }) {
  const { t } = useLingui()
  const slug = useSlug()
  const search: MapSearch = route.useSearch()
  const router = useRouter()
  const choose = (next: MapSearch) => void router.navigate({ href: `${links.admin(slug, 'data-map')}?${queryOf(next)}`, replace: true })
  const [opened, setOpened] = useState<string | null>(null)
  const { node, ...filters } = search
  const flows = flowsOf(map, filters)
  const shown = node === undefined ? flows : flows.filter((flow) => nodesOf(flow).includes(node))
  const activities = activitiesOf(shown)
  const open = activities.find((one) => one.purpose === opened)
  return (
    <>
      <MapFilters map={map} search={search} onChange={choose} />
      {flows.length > 0 && <FlowDiagram map={map} flows={flows} drifts={found} chosen={node} onChoose={(next) => choose(next === undefined ? filters : { ...filters, node: next })} />}
      {activities.length === 0 ? (
        <EmptyState title={t`Nothing matches`}><Trans>No personal data is kept that fits all of this.</Trans></EmptyState>
      ) : (
        <ActivityTable map={map} activities={activities} onOpen={setOpened} />
      )}
      {open && <ActivitySheet map={map} of={open} drifts={found} onClose={() => setOpened(null)} />}
      {printedAt !== null && <Paper map={map} activities={activities} at={printedAt} />}
    </>
  )
}
