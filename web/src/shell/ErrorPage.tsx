/** What is shown when a page, or a part of one, cannot be: away, closed, not there, or failed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError, hasCode, hasStatus, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { ButtonLink } from '~/ui/Button'
import { ErrorState, NoAccess, NotFound } from '~/ui/State'
import { Skeleton } from '~/ui/Skeleton'
import { AskAdministrator } from './AskAdministrator'
import { depart, ended, isGoing, wayOut } from './departure'
import { links } from './links'
import { session } from './session'
import { SwitchedOff } from './SwitchedOff'
import { isPartMissing } from './update'
import { PublicTitle } from './PageTitle'
import styles from './ErrorPage.module.css'

const OFF = 'applications.off'
/** A permission is missing; every other refusal of this status says what else stands in the way. */
const MAY_NOT = 'forbidden'

interface ErrorProps {
  error: unknown
  reset?: () => void
}

/** In place of a whole page: it has the title of the window and the first heading. */
export function ErrorPage(props: ErrorProps) {
  const title = useTitle(props.error)
  const isOut = useWayOut(props.error)
  if (isOut) return <PendingPage />
  return (
    <div className={styles.page}>
      <PublicTitle>{title}</PublicTitle>
      <Reason {...props} level={1} />
    </div>
  )
}

/** In place of what a page would show below its own title. */
export function ErrorPart(props: ErrorProps) {
  const isOut = useWayOut(props.error)
  if (isOut) return <Skeleton kind="table" />
  return (
    <div className={styles.page}>
      <Reason {...props} level={2} />
    </div>
  )
}

/** Whether the sign-in is over and one is led out. A page that broke for no reason the server gave may have lost it: the server is asked. */
function useWayOut(error: unknown): boolean {
  const queries = useQueryClient()
  const router = useRouter()
  const [{ href }] = useState(() => router.state.location)
  useEffect(() => {
    const way = wayOut(error, href)
    if (way !== null) return depart(queries, way)
    if (error instanceof ApiError || !href.startsWith('/o/')) return
    const ask = queries.fetchQuery({ ...session(), staleTime: 0 })
    void ask.then((signedIn) => signedIn === null && depart(queries, ended(href))).catch(() => undefined)
  }, [error, href, queries])
  return wayOut(error, href) !== null || isGoing(queries)
}

function useTitle(error: unknown): string {
  const { t } = useLingui()
  if (isPartMissing(error)) return t`Tulou was updated`
  if (hasCode(error, OFF)) return t`Your organisation has switched this off`
  if (hasCode(error, MAY_NOT)) return t`Only administrators can open this`
  if (hasStatus(error, 404)) return t`There is nothing here`
  return isUnreachable(error) ? t`No connection to the server` : t`This could not be loaded`
}

function Reason({ error, reset, level }: ErrorProps & { level: 1 | 2 }) {
  const { t } = useLingui()
  const router = useRouter()
  const textOf = useProblemText()
  const title = useTitle(error)
  const retry = () => {
    reset?.()
    void router.invalidate()
  }
  if (hasCode(error, OFF)) return <SwitchedOff level={level} />
  if (hasCode(error, MAY_NOT)) return <MayNot level={level} />
  if (hasStatus(error, 404)) return <Nowhere level={level} />
  if (isPartMissing(error)) {
    return (
      <ErrorState title={title} level={level} retry={t`Reload`} onRetry={() => location.reload()}>
        <Trans>This page is of a version the server no longer has. Reload to go on with the new one; what you sent is safe.</Trans>
      </ErrorState>
    )
  }
  if (isUnreachable(error)) {
    return (
      <ErrorState title={title} level={level} onRetry={retry}>
        <Trans>Nothing of this page is kept on this device, so it cannot be shown before the server answers again.</Trans>
      </ErrorState>
    )
  }
  return (
    <ErrorState level={level} number={error instanceof ApiError ? error.number : null} onRetry={retry}>
      {error instanceof ApiError ? textOf(error) : <Trans>The page itself failed. Nothing was changed on the server.</Trans>}
    </ErrorState>
  )
}

function MayNot({ level }: { level: 1 | 2 }) {
  return <NoAccess level={level} action={<AskAdministrator topic="access" />} />
}

/** What stands below the title of a page that one may not open, where no refusal of the server says so. */
export function MayNotPart() {
  return (
    <div className={styles.page}>
      <MayNot level={2} />
    </div>
  )
}

function Nowhere({ level }: { level: 1 | 2 }) {
  return (
    <NotFound
      level={level}
      action={
        <ButtonLink href={links.start()}>
          <Trans>Go to the start</Trans>
        </ButtonLink>
      }
    />
  )
}

export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <div className={styles.page}>
      <PublicTitle>{t`There is nothing here`}</PublicTitle>
      <Nowhere level={1} />
    </div>
  )
}

/** The first answer of a page is on its way. Where nothing is drawn yet, the wall stands around it already. */
export function PendingPage() {
  const isInside = location.pathname.startsWith('/o/')
  return (
    <div className={styles.pending} data-inside={isInside || undefined}>
      <div className={styles.page}>
        <Skeleton kind="table" />
      </div>
    </div>
  )
}
