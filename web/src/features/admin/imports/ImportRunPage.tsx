/** An import that is uploaded: what it would do, then how far it is, then its result. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Import } from '~/api/types'
import { links } from '~/shell/links'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Skeleton } from '~/ui/Skeleton'
import { Done } from './Done'
import { DryRun } from './DryRun'
import { Progress } from './Progress'
import { isRunning, watched } from './queries'

export function ImportRunPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const { importId = '' } = useParams({ strict: false })
  const found = useQuery(watched(importId))
  return (
    <>
      <PageTitle>{t`Import people`}</PageTitle>
      <PageHead title={t`Import people`} back={links.admin(slug, 'people')} />
      <PageBody>
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
          {(one) => <Stage of={one} />}
        </QueryState>
      </PageBody>
    </>
  )
}

function Stage({ of }: { of: Import }) {
  if (isRunning(of)) return <Progress of={of} />
  return of.state === 'done' ? <Done of={of} /> : <DryRun of={of} />
}
