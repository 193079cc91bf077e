/** What can be found, as lines of one list. */
import type { Department, Member, MessageHit, SearchWord } from '~/api/types'
import { links } from '~/shell/links'
import type { Filters, Scope } from '~/shell/finding'
import type { FoundFile } from '~/shell/preview'
import type { Function } from './functions'
import type { Mark } from './Marked'

export type Item =
  | { t: 'function'; key: string; it: Function }
  | { t: 'person'; key: string; member: Member }
  | { t: 'department'; key: string; department: Department; path: string }
  | { t: 'conversation'; key: string; id: string }
  | { t: 'message'; key: string; hit: MessageHit }
  | { t: 'file'; key: string; file: FoundFile; marks: readonly Mark[] }
  /** Somebody or something a filter can name. */
  | { t: 'from'; key: string; member: Member }
  | { t: 'in'; key: string; id: string }
  /** A day or a kind a filter can be. */
  | { t: 'narrow'; key: string; filters: Filters; label: string }
  | { t: 'word'; key: string; word: SearchWord }
  /** Everything of a kind, on the page. */
  | { t: 'all'; key: string; scope: Scope }

export interface Group {
  id: string
  title: string
  items: readonly Item[]
  /** It came from this device, not from an answer to an earlier question. */
  isLocal: boolean
}

/** Where an item leads, if it is a place. */
export function hrefOf(item: Item, slug: string): string | null {
  switch (item.t) {
    case 'function':
      return item.it.href ?? null
    case 'person':
      return links.person(slug, item.member.id)
    case 'department':
      return links.department(slug, item.department.id)
    case 'conversation':
      return links.conversation(slug, item.id)
    case 'message':
      return links.conversation(slug, item.hit.conversation_id, item.hit.message.seq)
    default:
      return null
  }
}

/** The filter an item stands for, if it is one. */
export function filtersOf(item: Item): Filters | null {
  if (item.t === 'from') return { from: item.member.id }
  if (item.t === 'in') return { in: item.id }
  return item.t === 'narrow' ? item.filters : null
}

/** Who sent what was found. */
export function authorOf(item: Item): string | null {
  if (item.t === 'message') return item.hit.message.author_id
  return item.t === 'file' ? item.file.author_id : null
}
