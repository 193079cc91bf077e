/** The results of one kind, page by page. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { MessageHit } from '~/api/types'
import type { Kind, Scope } from '~/shell/finding'
import { useConversations } from '~/shell/preview'
import type { Item } from '../items'
import { allFound, allPeople, canAsk, filesOf, messagesOf, namedConversations } from '../queries'
import type { Question } from '../useGroups'
import { merged } from './merge'

export interface Endless {
  items: readonly Item[]
  isAsking: boolean
  error: Error | null
  retry: () => void
  /** Reads on, where there is more. */
  more: (() => void) | null
}

const MANY = 50

/** All messages or files in which something was found. Where the kind is not said, files and pictures come in one order. */
function useHits(question: Question, kind: Kind, isOn: boolean) {
  const wish = { ...question.filters, q: question.words, kind }
  const found = useInfiniteQuery({ ...allFound(wish), enabled: isOn && canAsk(wish) })
  const hits: readonly MessageHit[] = isOn ? (found.data?.pages ?? []).flatMap((page) => page.hits) : []
  const hasMore = isOn && found.hasNextPage
  const more = hasMore && !found.isFetching && !found.error ? () => void found.fetchNextPage() : null
  return { hits, hasMore, more, isAsking: isOn && found.isFetching, error: isOn ? found.error : null, retry: () => void found.refetch() }
}

function useMessagesAndFiles(scope: Scope, question: Question): Endless {
  const kind = question.filters.kind
  const wants = (one: Kind) => (scope === 'messages' ? one === (kind ?? 'text') : scope === 'files' && one !== 'text' && (kind === undefined || kind === one))
  const texts = useHits(question, 'text', wants('text'))
  const files = useHits(question, 'file', wants('file'))
  const pictures = useHits(question, 'picture', wants('picture'))
  const { hits, behind } = merged(files, pictures)
  const all = [texts, files, pictures]
  return {
    items: [...messagesOf(texts.hits), ...filesOf(hits)],
    isAsking: all.some((one) => one.isAsking),
    error: all.find((one) => one.error !== null)?.error ?? null,
    retry: () => all.filter((one) => one.error !== null).forEach((one) => one.retry()),
    more: texts.more ?? behind?.more ?? null,
  }
}

export function useEndless(scope: Exclude<Scope, 'all'>, question: Question): Endless {
  const { words } = question
  const found = useMessagesAndFiles(scope, question)
  const people = useInfiniteQuery({ ...allPeople(words), enabled: scope === 'people' && words !== '' })
  const conversations = useQuery({ ...namedConversations(words, MANY), enabled: scope === 'conversations' && words !== '' })
  const { named } = useConversations()
  if (scope === 'conversations') {
    const ids = [...new Set([...named(words), ...(words === '' ? [] : (conversations.data?.hits ?? []).map((one) => one.id))])]
    return { items: ids.map((id) => ({ t: 'conversation', key: `conversation ${id}`, id })), isAsking: conversations.isFetching, error: conversations.error, retry: () => void conversations.refetch(), more: null }
  }
  if (scope !== 'people') return found
  return {
    items: words === '' ? [] : rowsOf<'/v1/members'>(people.data).map((member) => ({ t: 'person', key: `person ${member.id}`, member })),
    isAsking: people.isFetching,
    error: people.error,
    retry: () => void people.refetch(),
    more: people.hasNextPage && !people.isFetching && !people.error ? () => void people.fetchNextPage() : null,
  }
}
