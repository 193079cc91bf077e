/** The records of processing on paper: drawn only while the browser prints, and nothing else is then. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { ComposedMap } from '~/api/types'
import { moment } from '~/lib/dates'
import { useOrganisationName } from '~/shell/session'
import type { Activity } from './activities'
import { ActivityTable } from './ActivityTable'
import styles from './dataMap.module.css'

export function usePaper() {
  const [printedAt, setPrintedAt] = useState<number | null>(null)
  useEffect(() => {
    const after = () => setPrintedAt(null)
    addEventListener('afterprint', after)
    return () => removeEventListener('afterprint', after)
  }, [])
  const print = () => {
    // The browser takes the page as it stands.
    flushSync(() => setPrintedAt(Date.now()))
    globalThis.print()
  }
  return { printedAt, print }
}

export function Paper({ map, activities, at }: { map: ComposedMap; activities: readonly Activity[]; at: number }) {
  const { i18n } = useLingui()
  const organisation = useOrganisationName()
  return createPortal(
    <main className={styles.paper} data-print>
      <h1><Trans>Records of processing</Trans></h1>
      <p>{organisation} · {moment(new Date(at).toISOString(), i18n.locale)}</p>
      <ActivityTable map={map} activities={activities} />
    </main>,
    document.body,
  )
}
