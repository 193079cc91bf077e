/** How far a privacy request is, by the link whoever made it was given. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { call } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { SubjectRequestCard } from '~/shell/SubjectRequestCard'
import { ButtonLink } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { NotFound } from '~/ui/State'
import { toast } from '~/ui/toast'
import { RequestFrame } from './RequestFrame'
import styles from './RequestFrame.module.css'

const route = getRouteApi('/privacy/request/$token')

/** Read again when one comes back to it: nobody tells a stranger that something happened. */
const followed = (token: string) => ({
  queryKey: ['subject-request', token],
  retry: false,
  staleTime: 0,
  refetchOnWindowFocus: true,
  queryFn: () => call('get', '/v1/subject-requests/by-token/{token}', { path: { token } }, { organisation: null }),
})

export function FollowPage() {
  const { t } = useLingui()
  const { token } = route.useParams()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const found = useQuery(followed(token))
  const withdraw = useMutation({
    mutationFn: () => call('post', '/v1/subject-requests/by-token/{token}/withdraw', { path: { token } }, { organisation: null }),
    onSuccess: (now) => queries.setQueryData(followed(token).queryKey, now),
    onError: async (error) => {
      toast(textOf(error), { tone: 'bad' })
      await found.refetch()
    },
  })
  return (
    <RequestFrame>
      <PublicTitle>{t`Privacy request`}</PublicTitle>
      {hasStatus(found.error, 404) ? (
        <NotFound level={1} title={t`There is no request at this address`} action={<ButtonLink href={links.privacyRequest()}><Trans>Make a request</Trans></ButtonLink>}>
          <Trans>The address may not be whole. Requests are erased five years after they were made.</Trans>
        </NotFound>
      ) : (
        <>
          <h1 className={styles.title}><Trans>Privacy request</Trans></h1>
          <QueryState of={found} skeleton={<Skeleton kind="table" rows={5} />}>
            {(request) => <SubjectRequestCard request={request} isPending={withdraw.isPending} onWithdraw={() => withdraw.mutateAsync()} />}
          </QueryState>
        </>
      )}
    </RequestFrame>
  )
}
