/** What stands below the lines when there are none, or not all: nothing found, no network, asked too often, not understood. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { hasStatus, ApiError, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { useOnline } from '~/lib/useOnline'
import { Button } from '~/ui/Button'
import { useSearchesMessages } from '../narrowing'
import { canAsk } from '../queries'
import { kindsCalled, type Reading, type Token } from '../query/operators'
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
  if (reading.naming) return <Unnamed naming={reading.naming} hasNothing={hasNothing && !found.isStale} />
  if (question.scope === 'functions') return hasNothing ? <p className={styles.note} role="status"><Trans>Nothing here is called “{question.words}”.</Trans></p> : null
  if (!isOnline) return <Offline />
  if (found.error) return <SearchError error={found.error} onRetry={found.retry} />
  const isNarrowed = hasFilters(question.filters)
  if (isNarrowed && !canAskForMessages(question) && !found.isAsking && !found.isStale) return <p className={styles.note} role="status"><SayMore /></p>
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

/** Messages are looked through, and there is a word, a person or a conversation to look for. */
function canAskForMessages({ words, filters, scope }: Question) {
  const kind = filters.kind ?? 'text'
  return (scope !== 'all' && scope !== 'messages') || canAsk({ ...filters, q: words, kind })
}

/** Filters that alone would be everything that was said. */
export function SayMore() {
  return <Trans>Add a word, a person or a conversation to look for messages: a day or a kind alone would be everything that was said.</Trans>
}

/** What is being written names nothing, or nothing yet. */
function Unnamed({ naming, hasNothing }: { naming: Token; hasNothing: boolean }) {
  const { operator, value } = naming
  if (operator === 'from') return hasNothing ? <p className={styles.note} role="status"><Trans>Nobody is called “{value}”.</Trans></p> : null
  if (operator === 'in') return hasNothing ? <p className={styles.note} role="status"><Trans>None of your conversations is called “{value}”.</Trans></p> : null
  if (operator === 'kind') return kindsCalled(value).length === 0 ? <Unread token={naming} /> : null
  return <p className={styles.note}><Trans>Write a day like 2026-11-20, 11/20, yesterday or 7d.</Trans></p>
}

/** What was written as a day or a kind and is none. It stays in the field. */
export function Unread({ token: { operator, value } }: { token: Token }) {
  return (
    <p className={styles.note} role="status">
      {operator === 'kind' ? <Trans>“{value}” is no kind. There are text, picture and file.</Trans> : <Trans>“{value}” is no day. Write it like 2026-11-20, 11/20, yesterday or 7d.</Trans>}
    </p>
  )
}

function Offline() {
  const searchesMessages = useSearchesMessages()
  return (
    <p className={styles.note} role="status">
      {searchesMessages ? (
        <Trans>No network: functions, departments and the names of your conversations are found on this device. Messages, files and people are searched once you are online.</Trans>
      ) : (
        <Trans>No network: functions, departments and the names of your conversations are found on this device. People are searched once you are online.</Trans>
      )}
    </p>
  )
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
