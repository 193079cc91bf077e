/** What is typed into a search: words, and operators that narrow it, in the three languages. Pure. */
import { type Filters, type Kind, KINDS } from '~/shell/finding'
import { daysBefore, nextDay, readDay } from './days'

export type Operator = 'from' | 'in' | 'after' | 'before' | 'on' | 'kind'

const NAMES: Readonly<Record<Operator, readonly string[]>> = {
  from: ['from', '发送人', '发件人', '来自', '傳送者', '寄件人', '來自'],
  in: ['in', '会话', '群', '在', '對話', '群組', '於'],
  after: ['after', 'since', '晚于', '起于', '晚於', '起於'],
  before: ['before', 'until', '早于', '早於'],
  on: ['on', 'date', '日期', '时间', '時間'],
  kind: ['kind', 'type', 'has', '种类', '类型', '種類', '類型'],
}

const KIND_NAMES: Readonly<Record<Kind, readonly string[]>> = {
  text: ['text', '文字', '文本'],
  picture: ['picture', 'pictures', 'image', 'photo', '图片', '照片', '圖片', '相片'],
  file: ['file', 'files', 'document', '文件', '檔案', '文档'],
}

const OPERATOR_OF = lookUp(NAMES)
const KIND_OF = lookUp(KIND_NAMES)

function lookUp<K extends string>(names: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> {
  const found = new Map<string, K>()
  for (const key of Object.keys(names)) {
    if (isKeyOf(names, key)) for (const name of names[key]) found.set(name, key)
  }
  return found
}

function isKeyOf<K extends string>(of: Readonly<Record<K, unknown>>, key: string): key is K {
  return Object.hasOwn(of, key)
}

/** An operator where it stands in the text. */
export interface Token {
  operator: Operator
  value: string
  start: number
  end: number
  /** Something follows, so nobody is writing it any more. */
  isDone: boolean
}

/** A word and a colon, also the wide one, and what it is about: up to the next space, or everything in quotes. */
const OPERATOR = /(?<=^|\s)([\p{L}]+)[:：](?:"([^"]*)("|$)|“([^”]*)(”|$)|(\S*))/gu

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(OPERATOR)].flatMap((match) => {
    const operator = OPERATOR_OF.get((match[1] ?? '').toLowerCase())
    if (operator === undefined) return []
    const end = match.index + match[0].length
    const isClosed = Boolean(match[3] ?? match[5])
    const value = (match[2] ?? match[4] ?? match[6] ?? '').trim()
    return [{ operator, value, start: match.index, end, isDone: isClosed || end < text.length }]
  })
}

/** The text without some of its operators. */
export function without(text: string, tokens: readonly Token[]): string {
  let rest = text
  for (const { start, end } of tokens.toReversed()) rest = `${rest.slice(0, start)}${rest.slice(end).trimStart()}`
  return rest
}

/** What is looked for, without any operator. */
export const wordsOf = (text: string): string => plainWordsOf(without(text, tokensOf(text)))

/** What is looked for where there are no operators. */
export const plainWordsOf = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

export interface Reading {
  /** What stays in the field. */
  text: string
  /** What was said completely. */
  filters: Filters
  /** A person or a conversation, or at the end of the text a day or a kind, is being named: it is chosen from a list. */
  naming: Token | null
  /** What nobody can make sense of. */
  unread: Token | null
}

interface Surroundings {
  now: Date
  me: string | undefined
  /** Enter was pressed: nothing is being written any more. */
  isFinal?: boolean
}

/** Where there are no operators, all of it is words. */
export const plain = (text: string): Reading => ({ text, filters: {}, naming: null, unread: null })

const MYSELF = new Set(['me', '我', '自己', '本人'])

/** Takes out of the text every operator that is complete, and says what it means. */
export function read(text: string, { now, me, isFinal = false }: Surroundings): Reading {
  const filters: Filters = {}
  const taken: Token[] = []
  let naming: Reading['naming'] = null
  let unread: Token | null = null
  for (const token of tokensOf(text)) {
    const said = token.isDone || isFinal ? meaningOf(token, now, me) : null
    if (said) {
      Object.assign(filters, said)
      taken.push(token)
    } else if (namesAnother(token) || !(token.isDone || isFinal)) naming ??= token
    else unread ??= token
  }
  const rest = without(text, taken)
  if (taken.length === 0) return { text, filters, naming, unread }
  // What is left stands elsewhere now.
  return { ...read(rest, { now, me, isFinal }), text: rest, filters: { ...filters } }
}

/** A person or a conversation: what it is called says not yet which it is. */
export const namesAnother = ({ operator }: Token) => operator === 'from' || operator === 'in'

/** The days a date can be before any of it is written: today, yesterday, a week ago. */
const USUAL_DAYS = [0, 1, 7]

/** The kinds of which a name begins so. */
export const kindsCalled = (value: string): Kind[] => KINDS.filter((kind) => KIND_NAMES[kind].some((name) => name.startsWith(value.toLowerCase())))

/** What a day or a kind that is being written can come to mean. */
export function meaningsOf({ operator, value }: Token, now: Date): Filters[] {
  if (operator === 'from' || operator === 'in') return []
  if (operator === 'kind') return kindsCalled(value).map((kind) => ({ kind }))
  const days = value === '' ? USUAL_DAYS.map((count) => daysBefore(now, count)) : [readDay(value, now)]
  return days.flatMap((day) => (day === null ? [] : [narrowedTo(operator, day)]))
}

function narrowedTo(operator: 'after' | 'before' | 'on', day: string): Filters {
  if (operator === 'on') return { after: day, before: nextDay(day) }
  return operator === 'after' ? { after: day } : { before: day }
}

function meaningOf({ operator, value }: Token, now: Date, me: string | undefined): Filters | null {
  if (operator === 'from') return me !== undefined && MYSELF.has(value.toLowerCase()) ? { from: me } : null
  if (operator === 'in') return null
  if (operator === 'kind') {
    const kind = KIND_OF.get(value.toLowerCase())
    return kind === undefined ? null : { kind }
  }
  const day = readDay(value, now)
  return day === null ? null : narrowedTo(operator, day)
}

/** How an operator is called in a language, first among its names. */
export function operatorName(operator: Operator, language: string): string {
  const names = NAMES[operator]
  const first: Readonly<Record<string, Partial<Record<Operator, string>>>> = {
    'zh-CN': { from: '发送人', in: '会话', after: '晚于', before: '早于', on: '日期', kind: '种类' },
    'zh-TW': { from: '傳送者', in: '對話', after: '晚於', before: '早於', on: '日期', kind: '種類' },
  }
  return first[language]?.[operator] ?? names[0] ?? operator
}
