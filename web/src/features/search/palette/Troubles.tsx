/** What stands below the lines when there are none, or not all: nothing found, no network, asked too often, not understood. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { hasStatus, ApiError, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { useOnline } from '~/lib/useOnline'
import { Button } from '~/ui/Button'
import type { Reading } from '../query/operators'
import { hasFilters } from '../query/useDraft'
import type { Question } from '../useGroups'
import styles from './Troubles.module.css'

interface Props {
  question: Question
  found: { isAsking: boolean; isStale: boolean; error: Error | null; retry: () => void }
  reading: Reading
  /** There is no line at all. */
  hasNothing: boolean
}

export function Troubles({ question, found, reading, hasNothing }: Props) {
  const isOnline = useOnline()
  if (reading.unread) return <Unread value={reading.unread.value} isKind={reading.unread.operator === 'kind'} />
  if (reading.naming) return hasNothing && !found.isStale ? <p className={styles.note} role="status"><Nobody naming={reading.naming} /></p> : null
  if (question.scope === 'functions') return hasNothing ? <p className={styles.note} role="status"><Trans>Nothing here is called “{question.words}”.</Trans></p> : null
  if (!isOnline) return <Offline />
  if (found.error) return <SearchError error={found.error} onRetry={found.retry} />
  const isNarrowed = hasFilters(question.filters)
  if (!hasNothing || found.isAsking || found.isStale || (question.words === '' && !isNarrowed)) return null
  if (isNarrowed && (question.scope === 'people' || question.scope === 'conversations')) {
    return <p className={styles.note} role="status"><Trans>Filters are about messages and files. Take them away to find people and conversations.</Trans></p>
  }
  if (question.words === '') return <p className={styles.note} role="status"><Trans>Nothing was found with these filters. Take one away, or write a word.</Trans></p>
  return (
    <p className={styles.note} role="status">
      <Trans>Nothing was found for “{question.words}”. Try fewer words, or other ones.</Trans>
    </p>
  )
}

function Nobody({ naming }: { naming: { operator: 'from' | 'in'; value: string } }) {
  return naming.operator === 'from' ? <Trans>Nobody is called “{naming.value}”.</Trans> : <Trans>None of your conversations is called “{naming.value}”.</Trans>
}

function Unread({ value, isKind }: { value: string; isKind: boolean }) {
  return (
    <p className={styles.note} role="status">
      {isKind ? <Trans>“{value}” is no kind. There are text, picture and file.</Trans> : <Trans>“{value}” is no day. Write it like 2026-11-20, 11/20, yesterday or 7d.</Trans>}
    </p>
  )
}

function Offline() {
  return <p className={styles.note} role="status"><Trans>No network: functions, departments and the names of your conversations are found on this device. Messages, files and people are searched once you are online.</Trans></p>
}

/** Why the server did not search, and how to go on. */
export function SearchError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const wait = error instanceof ApiError ? error.retryAfterS : null
  if (isUnreachable(error)) return <Offline />
  if (hasStatus(error, 429)) {
    return (
      <div className={styles.note} role="alert">
        <p>{wait === null ? <Trans>You have searched very often just now. Wait a moment.</Trans> : <Plural value={wait} one="You have searched very often just now. Wait # second." other="You have searched very often just now. Wait # seconds." />}</p>
        <Button size="s" onPress={onRetry}>{t`Search again`}</Button>
      </div>
    )
  }
  if (hasStatus(error, 403, 404, 410)) {
    return <p className={styles.note} role="status"><Trans>You cannot open this conversation, or it is gone. Take its filter away to search elsewhere.</Trans></p>
  }
  return (
    <div className={styles.note} role="alert">
      <p>{textOf(error)}</p>
      <Button size="s" onPress={onRetry}>{t`Try again`}</Button>
    </div>
  )
}
