/** What the API answers to searches: a plain look through the invented conversations, newest first. */
import type * as t from '../src/api/types.ts'
import type { MockChat } from './chat.ts'
import { addressesOf } from './files.ts'

interface Asked {
  path: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
}

interface SearchState {
  chat: MockChat
  words: t.SearchWord[]
  keepsWords: boolean
}

type SearchHandler = (asked: Asked, state: SearchState) => { status: number; body?: unknown }

const KEPT = 20
const ok = (body: unknown) => ({ status: 200, body })

function marksIn(text: string, words: string): t.MessageHit['marks'] {
  const start = words === '' ? -1 : text.toLowerCase().indexOf(words.toLowerCase())
  return start < 0 ? [] : [{ start, length: words.length }]
}

function hitOf(message: t.Message, words: string, kind: string | null): t.MessageHit[] {
  if (message.body?.kind !== 'text') return []
  const text = message.body.text.replaceAll(/\s+/g, ' ')
  const isIn = (name: string) => words === '' || marksIn(name, words).length > 0
  const files = kind === 'text' ? [] : (message.body.files ?? []).filter((file) => (kind === null || (file.kind === 'picture') === (kind === 'picture')) && isIn(file.name))
  const isSaid = (kind === null || kind === 'text') && isIn(text)
  if (!isSaid && files.length === 0) return []
  return [{ message, conversation_id: message.conversation_id, snippet: text, marks: isSaid ? marksIn(text, words) : [], files: files.map((file) => ({ file, marks: marksIn(file.name, words), addresses: addressesOf(file.id) })) }]
}

export function searchMessages({ query }: Pick<Asked, 'query'>, { chat }: Pick<SearchState, 'chat'>) {
  const isIn = (name: string, value: string) => !query.has(name) || query.get(name) === value
  const hits = [...chat.messages.values()].flat()
    .filter((message) => isIn('from', message.author_id) && isIn('in', message.conversation_id))
    .filter(({ sent_at }) => sent_at >= (query.get('since') ?? '') && sent_at < (query.get('until') ?? '9'))
    .sort((a, b) => b.sent_at.localeCompare(a.sent_at))
    .flatMap((message) => hitOf(message, query.get('q') ?? '', query.get('kind')))
  const from = Number(query.get('cursor') ?? 0)
  const to = from + Number(query.get('limit') ?? 50)
  return { hits: hits.slice(from, to), ...(hits.length > to ? { next: String(to) } : {}) }
}

export const searchHandlers: Record<string, SearchHandler> = {
  'GET /v1/messages/search': (asked, state) => ok(searchMessages(asked, state)),
  'GET /v1/conversations/search': ({ query }, { chat }) => ok({ hits: chat.conversations.filter((one) => (one.name ?? '').toLowerCase().includes((query.get('q') ?? '').toLowerCase())) }),
  'GET /v1/search/words': (_, state) => ok({ items: state.words, is_kept: state.keepsWords }),
  'POST /v1/search/words': ({ body }, state) => {
    const text = String(body.text)
    if (state.keepsWords) state.words = [{ id: `w-${text}`, text, used_at: new Date().toISOString() }, ...state.words.filter((one) => one.text !== text)].slice(0, KEPT)
    return ok({ items: state.words, is_kept: state.keepsWords })
  },
  'PATCH /v1/search/words': ({ body }, state) => {
    state.keepsWords = body.is_kept === true
    if (!state.keepsWords) state.words = []
    return ok({ items: state.words, is_kept: state.keepsWords })
  },
  'DELETE /v1/search/words': (_, state) => {
    state.words = []
    return { status: 204 }
  },
  'DELETE /v1/search/words/{word}': ({ path }, state) => {
    state.words = state.words.filter((one) => one.id !== path.word)
    return { status: 204 }
  },
}
