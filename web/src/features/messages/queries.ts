/** What the messages screens ask of the API and change through it. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, currentOrganisation, etagOf, keyOf, query } from '~/api/client'
import { ApiError, hasCode, hasStatus } from '~/api/error'
import type { Conversation, ConversationMember, Member, NewConversation } from '~/api/types'
import type { ChatApi } from './engine/port'

const PAGE = 50
/** After the first page, which shows at once, the list comes in larger ones. */
const LATER_PAGE = 200
const MEMBERS_PAGE = 200
const MOST_MEMBERS = 2_000

/** Whether the same question may be answered later: nobody answered, too much at once, or the server failed. */
const mayPass = (error: unknown) => !(error instanceof ApiError) || hasStatus(error, 0, 429) || error.status >= 500

/** The engine's way to the API. Bound to one organisation, whatever opens later. */
export function chatApi(organisation: string): ChatApi {
  const options = { organisation }
  return {
    conversations: async (after) => {
      const page = await call('get', '/v1/conversations', { query: { after: after ?? undefined, limit: after === null ? PAGE : LATER_PAGE } }, options)
      return { items: page.items, next: page.next ?? null }
    },
    conversation: (conversation) =>
      call('get', '/v1/conversations/{conversation}', { path: { conversation } }, options).catch((error: unknown) => {
        if (hasStatus(error, 404, 403, 410)) return null
        throw error
      }),
    messages: (conversation, at) =>
      call(
        'get',
        '/v1/conversations/{conversation}/messages',
        { path: { conversation }, query: { ...at, limit: PAGE } },
        options,
      ),
    sync: ({ pos, positions }) => call('post', '/v1/sync', { body: { pos, positions: [...positions] } }, options),
    saveDraft: (conversation, draft, age) =>
      call('put', '/v1/conversations/{conversation}/draft', { path: { conversation }, body: { text: '', ...draft, age_s: Math.max(0, Math.floor(age / 1000)) } }, options).then(
        () => 'saved' as const,
        (error: unknown) => {
          // Where the conversation has gone there is nothing left to keep.
          if (hasStatus(error, 404, 410)) return 'saved'
          if (hasCode(error, 'chat.draft_is_newer')) return 'older'
          if (mayPass(error)) throw error
          return 'refused'
        },
      ),
  }
}

/** Members by id, for names. */
export async function membersById(organisation: string, ids: readonly string[]): Promise<readonly Member[]> {
  const page = await call('get', '/v1/members', { query: { ids: ids.join(',') } }, { organisation })
  return page.items
}

const membersPath = '/v1/conversations/{conversation}/members'

/** Everybody in a conversation: at most 2,000, so they are read to the end. */
export function conversationMembers(conversation: string) {
  const organisation = currentOrganisation()
  return queryOptions({
    queryKey: [...keyOf(membersPath), conversation],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const members: ConversationMember[] = []
      let after: string | undefined
      do {
        const page = await call(
          'get',
          membersPath,
          { path: { conversation }, query: { after, limit: MEMBERS_PAGE } },
          { signal, organisation },
        )
        members.push(...page.items)
        after = page.next ?? undefined
      } while (after !== undefined && members.length < MOST_MEMBERS)
      return members
    },
  })
}

/** Who has read a message and who has not. */
export function readers(conversation: string, seq: number) {
  return {
    ...query('get', '/v1/conversations/{conversation}/messages/{seq}/readers', {
      path: { conversation, seq },
    }),
    staleTime: 0,
  }
}

/** What a message said before it was edited. */
export function versions(conversation: string, seq: number) {
  return {
    ...query('get', '/v1/conversations/{conversation}/messages/{seq}/versions', {
      path: { conversation, seq },
    }),
    staleTime: 0,
  }
}

/** People to choose from, by name, pinyin, initials or number. */
export function findPeople(text: string, department: string | null) {
  const organisation = currentOrganisation()
  return infiniteQueryOptions({
    queryKey: [...keyOf('/v1/members'), 'picker', text, department],
    staleTime: 30_000,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call(
        'get',
        '/v1/members',
        {
          query: {
            query: text || undefined,
            department: department ?? undefined,
            state: 'active',
            after: pageParam || undefined,
            limit: 50,
          },
        },
        { signal, organisation },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

/** As many people as one @ asks for: with so many in an answer there may be others. */
export const MOST_FOUND = 20

/** The first people that match, for the @ picker: name, pinyin, initials. */
export const findPeopleOnce = (text: string) => ({
  ...query('get', '/v1/members', { query: { query: text, state: 'active', limit: MOST_FOUND } }),
  staleTime: 30_000,
})

/** Groups of the directory to choose from: the first that match. */
export const findPeopleGroups = (text: string) => ({
  ...query('get', '/v1/people-groups', { query: { query: text || undefined, limit: 8 } }),
  staleTime: 30_000,
})

export const departments = () => query('get', '/v1/departments', {})
export const organisation = () => query('get', '/v1/organisation', {})
export const notificationSettings = () => query('get', '/v1/notification-settings', {})

const at = (conversation: string) => ({ path: { conversation } })

export const createConversation = (body: NewConversation) => call('post', '/v1/conversations', { body })

export type MySettings = Partial<
  Pick<Conversation['my'], 'is_muted' | 'is_pinned' | 'is_marked_unread' | 'is_hidden'>
>

export const changeMy = (conversation: string, body: MySettings) =>
  call('patch', '/v1/conversations/{conversation}/my', { ...at(conversation), body })

export const changeConversation = (seen: Conversation, body: { name?: string; history?: 'joining' | 'all' }) =>
  call('patch', '/v1/conversations/{conversation}', { ...at(seen.id), body }, { seen: etagOf(seen) })

export const leave = (conversation: string) => call('post', '/v1/conversations/{conversation}/leave', at(conversation))

export const dissolve = (conversation: string) =>
  call('post', '/v1/conversations/{conversation}/dissolve', at(conversation))

export const transfer = (conversation: string, member_id: string) =>
  call('post', '/v1/conversations/{conversation}/transfer', { ...at(conversation), body: { member_id } })

export const addMembers = (conversation: string, body: { member_ids: string[]; department_ids: string[]; people_group_ids: string[] }) =>
  call('post', membersPath, { ...at(conversation), body })

export const removeMember = (conversation: string, member: string) =>
  call('delete', '/v1/conversations/{conversation}/members/{member}', { path: { conversation, member } })

export const changeRole = (conversation: string, member: string, role: 'administrator' | 'member') =>
  call('put', '/v1/conversations/{conversation}/members/{member}/role', {
    path: { conversation, member },
    body: { role },
  })

export const editMessage = (conversation: string, seq: number, body: { text: string; mentions: string[]; mentions_all: boolean }) =>
  call('patch', '/v1/conversations/{conversation}/messages/{seq}', {
    path: { conversation, seq },
    body,
  })

export const recallMessage = (conversation: string, seq: number) =>
  call('post', '/v1/conversations/{conversation}/messages/{seq}/recall', { path: { conversation, seq } })

export const forwardMessage = (conversation: string, seq: number, conversation_ids: string[], client_ids: string[]) =>
  call('post', '/v1/conversations/{conversation}/messages/{seq}/forward', {
    path: { conversation, seq },
    body: { conversation_ids, client_ids },
  })
