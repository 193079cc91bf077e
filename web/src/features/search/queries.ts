/** What the search asks the server. Nothing of it is kept on the device. */
import { keepPreviousData, type QueryClient } from '@tanstack/react-query'
import { call, keyOf, pages, query } from '~/api/client'
import { isUnreachable } from '~/api/error'
import type { MessageHit } from '~/api/types'
import type { Filters, Kind } from '~/shell/finding'
import { departmentsCalled } from '~/shell/members'
import type { Item } from './items'
import { startOf } from './query/days'

/** How many lines a group of the palette has. */
export const FEW = 5
const PAGE = 40
/** Characters a query, or a word that is remembered, may have. */
const LONGEST = 100

/** What stands in messages: their words, or the names of what they carry. */
export interface Wish extends Filters {
  q: string
  kind: Kind
}

/** Something has to be said: a word, a person, a conversation; files there may be of everybody. */
export const canAsk = ({ q, from, in: inside, kind }: Wish) => q !== '' || from !== undefined || inside !== undefined || kind !== 'text'

const parametersOf = ({ q, from, in: inside, after, before, kind }: Wish, limit: number) => ({
  query: {
    q: q.slice(0, LONGEST),
    from,
    in: inside,
    since: after === undefined ? undefined : startOf(after),
    until: before === undefined ? undefined : startOf(before),
    kind,
    limit,
  },
})

/** What was found stays until the next answer is there. */
const stays = { placeholderData: keepPreviousData, staleTime: 20_000, retry: retries }

/** Being asked to wait is an answer, not a failure to be repeated at once. */
function retries(failures: number, error: Error) {
  return failures < 1 && isUnreachable(error) && navigator.onLine
}

export const MESSAGES = '/v1/messages/search'
const CONVERSATIONS = '/v1/conversations/search'

export const fewFound = (wish: Wish, limit: number) => ({ ...query('get', MESSAGES, parametersOf(wish, limit)), ...stays })
export const allFound = (wish: Wish) => ({ ...pages(MESSAGES, parametersOf(wish, PAGE), 'cursor'), ...stays })
export const namedConversations = (q: string, limit: number) => ({ ...query('get', CONVERSATIONS, { query: { q: q.slice(0, LONGEST), limit } }), ...stays })
export const namedPeople = (words: string, limit: number) => ({ ...query('get', '/v1/members', { query: { query: words, limit } }), ...stays })
export const namedDepartments = (words: string) => ({ ...departmentsCalled(words.slice(0, LONGEST)), ...stays })
export const allPeople = (words: string) => ({ ...pages('/v1/members', { query: { query: words, limit: PAGE } }, 'after'), ...stays })

/** The files of hits, as lines of their own. */
export const filesOf = (hits: readonly MessageHit[]): Item[] =>
  hits.flatMap(({ conversation_id, message, files }) =>
    files.map(({ file, marks }): Item => {
      const { seq, author_id, sent_at, kept_until } = message
      return { t: 'file', key: `file ${conversation_id} ${seq} ${file.id}`, file: { conversation_id, seq, author_id, sent_at, kept_until, file }, marks }
    }),
  )

export const messagesOf = (hits: readonly MessageHit[]): Item[] => hits.map((hit) => ({ t: 'message', key: `message ${hit.conversation_id} ${hit.message.seq}`, hit }))

const WORDS = '/v1/search/words'

/** The last words this person looked for, newest first (SRCH-03). */
export const recentWords = () => ({ ...query('get', WORDS, {}), staleTime: 60_000 })

/** Has words kept, the last one as the newest. */
export async function rememberAll(queries: QueryClient, words: readonly string[]) {
  for (const word of words) {
    const text = word.trim().slice(0, LONGEST)
    // In their order: it is what is kept.
    // oxlint-disable-next-line no-await-in-loop
    if (text !== '') queries.setQueryData(recentWords().queryKey, await call('post', WORDS, { body: { text } }))
  }
}

/** What was looked for and led somewhere is remembered. When it cannot be, nothing else fails. */
export const remember = (queries: QueryClient, words: string) => rememberAll(queries, [words]).catch(() => undefined)

export async function forgetWord(queries: QueryClient, word: string) {
  await call('delete', '/v1/search/words/{word}', { path: { word } })
  await queries.invalidateQueries({ queryKey: keyOf(WORDS) })
}

export async function forgetWords(queries: QueryClient) {
  await call('delete', WORDS, {})
  await queries.invalidateQueries({ queryKey: keyOf(WORDS) })
}

/** Whether searches are kept. Who says no has none left (RET-27). */
export async function chooseWords(queries: QueryClient, is_kept: boolean) {
  queries.setQueryData(recentWords().queryKey, await call('patch', WORDS, { body: { is_kept } }))
}
