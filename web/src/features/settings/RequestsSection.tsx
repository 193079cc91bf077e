/** The privacy requests I made, and the way to another one. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { keyOf, mutation, rowsOf } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { SubjectRequestCard } from '~/shell/SubjectRequestCard'
import { Button, ButtonLink } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { ownRequests } from './queries'

export function RequestsSection() {
  const { t } = useLingui()
  const slug = useSlug()
  const textOf = useProblemText()
  const found = useInfiniteQuery(ownRequests())
  const rows = rowsOf<'/v1/subject-requests/mine'>(found.data)
  const stale = [keyOf('/v1/subject-requests/mine')]
  const withdraw = useMutation({
    ...mutation('post', '/v1/subject-requests/{subject_request}/withdraw', { stale }),
    onError: (error) => {
      toast(textOf(error), { tone: 'bad' })
      void found.refetch()
    },
  })
  return (
    <Section
      title={t`My requests`}
      lead={t`What you asked your organisation to do with your data: to correct, delete or explain something, or not to use it. It answers within fifteen days, at the latest within fifteen working days.`}
      actions={<ButtonLink href={links.privacyRequest(slug)}><Trans>Make a request</Trans></ButtonLink>}
    >
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton rows={1} />}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t`No requests yet`}><Trans>Most of it you can do yourself: change your profile, take a copy, switch a permission off.</Trans></EmptyState>
          ) : (
            rows.map((row) => <SubjectRequestCard key={row.id} request={row} isPending={withdraw.isPending} onWithdraw={() => withdraw.mutateAsync({ path: { subject_request: row.id } })} />)
          )
        }
      </QueryState>
      {found.hasNextPage && <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>}
    </Section>
  )
}
