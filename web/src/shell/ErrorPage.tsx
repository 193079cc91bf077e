/** What is shown when a page cannot be: away, closed, not there, or failed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiError, hasStatus, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { ButtonLink } from '~/ui/Button'
import { ErrorState, NoAccess, NotFound } from '~/ui/State'
import { Skeleton } from '~/ui/Skeleton'
import { links } from './links'
import styles from './ErrorPage.module.css'

interface ErrorPageProps {
  error: unknown
  reset?: () => void
}

export function ErrorPage(props: ErrorPageProps) {
  return (
    <div className={styles.page}>
      <Reason {...props} />
    </div>
  )
}

function Reason({ error, reset }: ErrorPageProps) {
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
  if (hasStatus(error, 404)) return <Nowhere />
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

function Nowhere() {
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

export function NotFoundPage() {
  return (
    <div className={styles.page}>
      <Nowhere />
    </div>
  )
}

/** The first answer of a page is on its way. */
export function PendingPage() {
  return (
    <div className={styles.page}>
      <Skeleton />
    </div>
  )
}
