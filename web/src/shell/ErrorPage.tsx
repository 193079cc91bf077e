/** What is shown when a page cannot be: away, closed, not there, or failed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiError, hasStatus, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { ButtonLink } from '~/ui/Button'
import { ErrorState, NoAccess, NotFound } from '~/ui/State'
import { links } from './links'

export function ErrorPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useLingui()
  const router = useRouter()
  const textOf = useProblemText()
  const retry = () => {
    reset?.()
    void router.invalidate()
  }
  useEffect(() => {
    if (hasStatus(error, 401)) location.assign(links.signIn(location.pathname + location.search))
  }, [error])
  if (hasStatus(error, 401)) return null
  if (hasStatus(error, 403)) return <NoAccess />
  if (hasStatus(error, 404)) return <NotFoundPage />
  if (isUnreachable(error)) {
    return (
      <ErrorState title={t`No connection to the server`} onRetry={retry}>
        <Trans>This page was not opened before on this device, so there is nothing kept to show.</Trans>
      </ErrorState>
    )
  }
  return (
    <ErrorState number={error instanceof ApiError ? error.number : null} onRetry={retry}>
      {error instanceof ApiError ? textOf(error) : <Trans>The page itself failed. Nothing was changed on the server.</Trans>}
    </ErrorState>
  )
}

export function NotFoundPage() {
  return (
    <NotFound
      action={
        <ButtonLink href={links.start()}>
          <Trans>Go to the start</Trans>
        </ButtonLink>
      }
    />
  )
}
