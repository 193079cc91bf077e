/** What of an import could not be undone, by name, and why. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import { untwisted } from '~/lib/bidi'
import { QueryState } from '~/shell/QueryState'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { ShowMore } from '../ShowMore'
import styles from './imports.module.css'
import { keptOf } from './queries'
import { useDeedNames, useKeptNames } from './words'

export function KeptTable({ id }: { id: string }) {
  const { t } = useLingui()
  const [kinds, whyOf] = [useDeedNames(), useKeptNames()]
  const found = useInfiniteQuery({ ...keptOf(id), staleTime: 0 })
  return (
    <div className={styles.after}>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
        {(data) => (
          <Table
            label={t`Could not be undone`}
            rows={rowsOf<'/v1/imports/{import}/kept'>(data)}
            rowKey={(one) => String(one.n)}
            columns={[
              { id: 'name', title: t`Name`, isHead: true, cell: (one) => (one.name === '' ? t`the order of departments` : untwisted(one.name)) },
              { id: 'kind', title: t`What`, cell: (one) => kinds[one.kind] },
              { id: 'why', title: t`Why it stays`, cell: (one) => whyOf(one.code) },
            ]}
          />
        )}
      </QueryState>
      <ShowMore of={found} />
    </div>
  )
}
