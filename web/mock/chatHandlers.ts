/** What the API answers about conversations. */
import type * as t from '../src/api/types.ts'
import { departmentPeople, type MockChat, pageOf } from './chat.ts'
import { people } from './company.ts'
import { addressesOf, sentFiles } from './files.ts'

interface Asked {
  path: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
}

interface Answered {
  status: number
  body?: unknown
}

type ChatHandler = (asked: Asked, state: { chat: MockChat }) => Answered

const me = people()[0]?.id ?? ''
const ok = (body: unknown): Answered => ({ status: 200, body })
const done: Answered = { status: 204 }
const missing: Answered = { status: 404, body: { type: 'about:blank', title: 'not found', status: 404, code: 'not_found', request_id: '0192f7a0-7f3a' } }
const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function find(chat: MockChat, id: string | undefined) {
  return chat.conversations.find((one) => one.id === id)
}

/** Acts on the conversation of the address, if it is there. */
function on(act: (conversation: t.Conversation, asked: Asked, chat: MockChat) => Answered): ChatHandler {
  return (asked, { chat }) => {
    const conversation = find(chat, asked.path.conversation)
    return conversation ? act(conversation, asked, chat) : missing
  }
}

function append(chat: MockChat, conversation: t.Conversation, author: string, body: t.MessageBody, client_id?: string): t.Message {
  const messages = chat.messages.get(conversation.id) ?? []
  const seq = (messages.at(-1)?.seq ?? 0) + 1
  const sent_at = new Date().toISOString()
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
  const message: t.Message = { id: `${conversation.id}-${seq}`, conversation_id: conversation.id, seq, n: seq, author_id: author, sent_at, client_id, state: 'sent', body, kept_until: later(360 * 86_400), edit_until: later(900), recall_until: later(120) }
  messages.push(message)
  chat.messages.set(conversation.id, messages)
  Object.assign(conversation, { last: { seq, n: seq, at: sent_at }, last_message: message })
  return message
}

function create({ body }: Asked, { chat }: { chat: MockChat }): Answered {
  const peer = String(body.member_id ?? '')
  const existing = chat.conversations.find((one) => body.kind === 'direct' && one.peer_id === peer)
  if (existing) return ok(existing)
  const model = chat.conversations[0]
  if (!model) return missing
  const inside = [...new Set([me, ...ids(body.member_ids), ...departmentPeople(ids(body.department_ids)).map((one) => one.id)])]
  const isGroup = body.kind === 'group'
  const made: t.Conversation = {
    ...model,
    id: `c${chat.conversations.length + 1}`,
    kind: isGroup ? 'group' : 'direct',
    name: isGroup ? (body.name === null ? null : String(body.name)) : null,
    peer_id: isGroup ? null : peer,
    member_count: isGroup ? inside.length : 2,
    created_at: new Date().toISOString(),
    last: { seq: 0, n: 0, at: new Date().toISOString() },
    last_message: null,
    my: { ...model.my, role: 'owner', read_seq: 0, read_n: 0, unread: 0, mentions: 0, is_pinned: false, draft: null },
  }
  chat.conversations.unshift(made)
  chat.messages.set(made.id, [])
  const member = (id: string, n: number): t.ConversationMember => ({ member_id: id, role: n === 0 ? 'owner' : 'member', joined_at: made.created_at, read_seq: 0 })
  chat.members.set(made.id, (isGroup ? inside : [me, peer]).map(member))
  if (isGroup) append(chat, made, me, { v: 1, kind: 'system', event: 'created', member_ids: [] })
  return { status: 201, body: made }
}

const messageAt = (chat: MockChat, { path }: Asked) => chat.messages.get(path.conversation ?? '')?.find((one) => one.seq === Number(path.seq))

export const chatHandlers: Record<string, ChatHandler> = {
  'GET /v1/conversations': (_, { chat }) => ok({ items: chat.conversations, next: null }),
  'POST /v1/conversations': create,
  'GET /v1/conversations/{conversation}': on((conversation) => ok(conversation)),
  'PATCH /v1/conversations/{conversation}': on((conversation, { body }) => ok(Object.assign(conversation, body))),
  'PATCH /v1/conversations/{conversation}/my': on((conversation, { body }) => {
    conversation.my = { ...conversation.my, ...body }
    return ok(conversation)
  }),
  'PUT /v1/conversations/{conversation}/draft': on((conversation, { body }) => {
    conversation.my = { ...conversation.my, draft: body.text === '' ? null : { text: String(body.text) } }
    return done
  }),
  'POST /v1/conversations/{conversation}/leave': on((conversation, _, chat) => {
    chat.conversations = chat.conversations.filter((one) => one !== conversation)
    return done
  }),
  'POST /v1/conversations/{conversation}/dissolve': on((conversation) => {
    Object.assign(conversation, { dissolved_at: new Date().toISOString(), can: { ...conversation.can, send: false, dissolve: false } })
    return done
  }),
  'POST /v1/conversations/{conversation}/transfer': on(() => done),
  'GET /v1/conversations/{conversation}/members': on((conversation, _, chat) => ok({ items: chat.members.get(conversation.id) ?? [], next: null })),
  'POST /v1/conversations/{conversation}/members': on((conversation, { body }, chat) => {
    const held = chat.members.get(conversation.id) ?? []
    const added = ids(body.member_ids).filter((id) => !held.some((one) => one.member_id === id))
    held.push(...added.map((id): t.ConversationMember => ({ member_id: id, role: 'member', joined_at: new Date().toISOString(), read_seq: conversation.last.seq })))
    conversation.member_count += added.length
    append(chat, conversation, me, { v: 1, kind: 'system', event: 'added', member_ids: added })
    return done
  }),
  'DELETE /v1/conversations/{conversation}/members/{member}': on((conversation, { path }, chat) => {
    chat.members.set(conversation.id, (chat.members.get(conversation.id) ?? []).filter((one) => one.member_id !== path.member))
    conversation.member_count -= 1
    return done
  }),
  'PUT /v1/conversations/{conversation}/members/{member}/role': on(() => done),
  'GET /v1/conversations/{conversation}/messages': on((conversation, { query }, chat) => ok(pageOf(chat.messages.get(conversation.id) ?? [], query))),
  'PATCH /v1/conversations/{conversation}/messages/{seq}': on((_, asked, chat) => {
    const message = messageAt(chat, asked)
    if (!message) return missing
    return ok(Object.assign(message, { state: 'edited', edited_at: new Date().toISOString(), body: { ...message.body, text: asked.body.text, mentions: asked.body.mentions } }))
  }),
  'POST /v1/conversations/{conversation}/messages/{seq}/recall': on((_, asked, chat) => {
    const message = messageAt(chat, asked)
    if (!message) return missing
    Object.assign(message, { state: 'recalled', body: null })
    return done
  }),
  'POST /v1/conversations/{conversation}/messages/{seq}/forward': on(() => done),
  'GET /v1/conversations/{conversation}/messages/{seq}/readers': on((conversation, { path }, chat) => {
    const others = (chat.members.get(conversation.id) ?? []).filter((one) => one.member_id !== me)
    const read = others.filter((one) => (one.read_seq ?? 0) >= Number(path.seq))
    return ok({ read: read.map((one) => ({ member_id: one.member_id, at: conversation.last.at })), unread: others.filter((one) => !read.includes(one)).map((one) => one.member_id) })
  }),
  'GET /v1/conversations/{conversation}/messages/{seq}/versions': on(() => ok({ items: [{ text: '我这边一份素食，谢谢！', written_at: '2026-11-22T02:44:00Z' }] })),
  'GET /v1/conversations/{conversation}/messages/{seq}/files/{file}': on((_, { path }) => ok(addressesOf(path.file ?? ''))),
  'GET /v1/conversations/{conversation}/files': on((conversation, { query }, chat) => ok({ items: sentFiles(chat.messages.get(conversation.id) ?? [], query.get('kind')), next: null })),
  'POST /v1/conversations/{conversation}/read': on(() => done),
  'POST /v1/sync': (_, { chat }) => ok({ pos: chat.pos, conversations: chat.conversations, gone: [], messages: [], changed: [], refetch: false }),
}
