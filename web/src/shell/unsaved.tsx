/** A question before one leaves a page with changes that were not saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { create } from 'zustand'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { isGoing } from './departure'

/** How many forms of the page that is open hold changes. */
const useHeld = create<{ count: number }>(() => ({ count: 0 }))
const hold = (more: number) => useHeld.setState(({ count }) => ({ count: count + more }))

/** For a form that is a part of a page: while it holds changes, whoever leaves the page, or closes the window, is asked. */
export function useUnsaved(hasChanges: boolean) {
  useEffect(() => {
    if (!hasChanges) return
    hold(1)
    return () => hold(-1)
  }, [hasChanges])
}

interface Between {
  current: { pathname: string }
  next: { pathname: string }
}

/** Asks; once for all pages. Whose sign-in is over is held back by nothing. */
export function UnsavedGuard() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const isHeld = useHeld(({ count }) => count > 0)
  const shouldBlockFn = useCallback(({ current, next }: Between) => current.pathname !== next.pathname && !isGoing(queries), [queries])
  const enableBeforeUnload = useCallback(() => !isGoing(queries), [queries])
  const way = useBlocker({ shouldBlockFn, enableBeforeUnload, disabled: !isHeld, withResolver: true })
  return (
    <ConfirmDialog title={t`Discard what is not saved?`} confirm={t`Discard`} isOpen={way.status === 'blocked'} onOpenChange={() => way.reset?.()} onConfirm={() => way.proceed?.()}>
      <Trans>You changed something on this page and did not save it. If you leave, it is as it was.</Trans>
    </ConfirmDialog>
  )
}
