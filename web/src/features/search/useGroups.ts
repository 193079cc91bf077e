/** What was found for a question, group by group: what this device knows at once, what the server finds when it comes. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Department } from '~/api/types'
import type { Filters, Kind, Scope } from '~/shell/finding'
import { departmentPath, departments as everyDepartment } from '~/shell/members'
import { useConversations } from '~/shell/preview'
import { type Function, named, useFunctions } from './functions'
import type { Group, Item } from './items'
import { useSearchesMessages } from './narrowing'
import { canAsk, FEW, fewFound, filesOf, messagesOf, namedConversations, namedDepartments, namedPeople, type Wish } from './queries'
import { hasFilters } from './query/useDraft'

export interface Question {
  words: string
  filters: Filters
  scope: Scope | 'functions'
}

interface Part {
  id: string
  title: string
  items: readonly Item[]
  isLocal?: boolean
}

const MOST_LOCAL = 4
const MANY = 30

export function useGroups(slug: string, typed: Question, settled: Question, isSettled: boolean) {
  const { t } = useLingui()
  const { words } = typed
  const isNarrowed = hasFilters(typed.filters)
  const isEmpty = words === '' && !isNarrowed
  const looksAt = (one: Question['scope']) => typed.scope === 'all' || typed.scope === one
  // Filters are about messages: nobody is sent by somebody.
  const isNamed = (one: Question['scope']) => words !== '' && !isNarrowed && looksAt(one)
  const most = (one: Question['scope']) => (typed.scope === one ? MANY : MOST_LOCAL)
  const asked = useAsked(settled)
  const functions = useFunctions(slug)
  const all = useQuery(everyDepartment()).data?.items ?? []
  const held = useConversations().named
  const listsFunctions = typed.scope === 'functions' || (isEmpty && typed.scope === 'all') || isNamed('functions')
  const conversations = isNamed('conversations') ? [...new Set([...held(words), ...asked.conversations])] : []
  const parts: Part[] = [
    { id: 'functions', title: isEmpty ? t`Go to` : t`Functions`, isLocal: true, items: listsFunctions ? functionItems(functions, words).slice(0, isEmpty || typed.scope === 'functions' ? functions.length : MOST_LOCAL) : [] },
    { id: 'people', title: t`People`, items: isNamed('people') ? asked.people : [] },
    { id: 'departments', title: t`Departments`, isLocal: true, items: isNamed('people') ? departmentItems(all, words, asked.departments).slice(0, most('people')) : [] },
    { id: 'conversations', title: t`Conversations`, items: conversations.slice(0, most('conversations')).map((id) => ({ t: 'conversation', key: `conversation ${id}`, id })) },
    { id: 'messages', title: t`Messages`, items: isEmpty || !looksAt('messages') ? [] : asked.messages },
    { id: 'files', title: t`Files`, items: (isEmpty && typed.scope !== 'files') || !looksAt('files') ? [] : asked.files },
  ]
  return {
    groups: parts.filter((part) => part.items.length > 0).map(({ isLocal = false, ...part }): Group => ({ ...part, isLocal })),
    isAsking: asked.isAsking,
    /** What is shown from the server answers an earlier question. */
    isStale: !isSettled || asked.isStale,
    error: asked.error,
    retry: asked.retry,
  }
}

/** What the server finds. */
function useAsked({ words, filters, scope }: Question) {
  const looksAt = (one: Question['scope']) => scope === 'all' || scope === one
  const limit = scope === 'all' ? FEW : MANY
  const hasNames = words !== '' && !hasFilters(filters)
  const isOn = useSearchesMessages()
  const wish = (kind: Kind): Wish => ({ ...filters, q: words, kind })
  const isAsked = (kind: Kind) => isOn && (words !== '' || hasFilters(filters) || scope === 'files') && looksAt(kind === 'text' ? 'messages' : 'files') && (filters.kind ?? kind) === kind && canAsk(wish(kind))
  const people = useQuery({ ...namedPeople(words, limit), enabled: hasNames && looksAt('people') })
  const departments = useQuery({ ...namedDepartments(words), enabled: hasNames && looksAt('people') })
  const conversations = useQuery({ ...namedConversations(words, limit), enabled: hasNames && looksAt('conversations') })
  const texts = useQuery({ ...fewFound(wish('text'), limit), enabled: isAsked('text') })
  const files = useQuery({ ...fewFound(wish('file'), limit), enabled: isAsked('file') })
  const pictures = useQuery({ ...fewFound(wish('picture'), limit), enabled: isAsked('picture') })
  const asked = [people, departments, conversations, texts, files, pictures]
  const hits = [...(isAsked('file') ? (files.data?.hits ?? []) : []), ...(isAsked('picture') ? (pictures.data?.hits ?? []) : [])]
  return {
    people: hasNames ? (people.data?.items ?? []).map((member): Item => ({ t: 'person', key: `person ${member.id}`, member })) : [],
    departments: hasNames ? (departments.data?.items ?? []) : [],
    conversations: hasNames ? (conversations.data?.hits ?? []).map((one) => one.id) : [],
    messages: isAsked('text') ? messagesOf(texts.data?.hits ?? []) : [],
    files: filesOf(hits.sort((a, b) => b.message.sent_at.localeCompare(a.message.sent_at))).slice(0, limit),
    isAsking: asked.some((one) => one.isFetching),
    isStale: asked.some((one) => one.isPlaceholderData),
    error: asked.find((one) => one.error !== null && !one.isFetching)?.error ?? null,
    retry: () => asked.filter((one) => one.error !== null).forEach((one) => void one.refetch()),
  }
}

const functionItems = (functions: readonly Function[], words: string) => named(functions, words).map((it): Item => ({ t: 'function', key: `function ${it.id}`, it }))

/** Those whose name holds the words, as this device knows them, then those the server knows by their sound or in other writing. */
function departmentItems(all: readonly Department[], words: string, found: readonly Department[]): Item[] {
  const wanted = words.toLocaleLowerCase()
  const named = all.filter((one) => one.name.toLocaleLowerCase().includes(wanted))
  const others = found.filter((one) => !named.some((other) => other.id === one.id))
  return [...named, ...others].map((department): Item => ({ t: 'department', key: `department ${department.id}`, department, path: departmentPath(all, department.id).slice(0, -1).join(' / ') }))
}
