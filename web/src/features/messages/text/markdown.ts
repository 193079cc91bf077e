/** The subset of Markdown that messages know, as a tree: the client draws it, nothing ever becomes HTML by itself. */
import { untwisted } from '~/lib/bidi'
import { placeOf, safeHref } from './address'

export type Inline =
  | { t: 'text'; text: string }
  | { t: 'strong' | 'em' | 'del'; children: Inline[] }
  | { t: 'code'; text: string }
  /** `place` is where it really leads, when the words do not say so themselves. */
  | { t: 'link'; href: string; place: string | null; children: Inline[] }
  | { t: 'break' }

export type Block =
  | { t: 'p'; children: Inline[] }
  | { t: 'pre'; text: string; language: string }
  | { t: 'list'; isOrdered: boolean; start: number; items: Inline[][] }
  | { t: 'quote'; children: Inline[] }

const FENCE = /^```([\w+#.-]*)\s*$/
const BULLET = /^\s{0,3}[-*+]\s+(.*)$/
const NUMBER = /^\s{0,3}(\d{1,9})[.)]\s+(.*)$/
const QUOTE = /^>\s?(.*)$/

interface Lines {
  readonly lines: readonly string[]
  at: number
}

function takeWhile(from: Lines, match: (line: string) => RegExpExecArray | null): RegExpExecArray[] {
  const taken: RegExpExecArray[] = []
  for (; from.at < from.lines.length; from.at += 1) {
    const found = match(from.lines[from.at] ?? '')
    if (!found) break
    taken.push(found)
  }
  return taken
}

/** A block of code. One that was never closed runs to the end, as while it is being written. */
function fence(from: Lines, language: string): Block {
  from.at += 1
  const inside: string[] = []
  while (from.at < from.lines.length && (from.lines[from.at] ?? '').trimEnd() !== '```') {
    inside.push(from.lines[from.at] ?? '')
    from.at += 1
  }
  from.at += 1
  return { t: 'pre', text: inside.join('\n'), language }
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || BULLET.test(line) || NUMBER.test(line) || QUOTE.test(line)
}

function paragraph(from: Lines): Block | null {
  const inside: string[] = []
  while (from.at < from.lines.length) {
    const line = from.lines[from.at] ?? ''
    if (line.trim() === '' || (inside.length > 0 && startsBlock(line))) break
    inside.push(line)
    from.at += 1
  }
  if (inside.length === 0) {
    from.at += 1
    return null
  }
  return { t: 'p', children: inline(inside.join('\n')) }
}

function block(from: Lines): Block | null {
  const line = from.lines[from.at] ?? ''
  const opened = FENCE.exec(line)
  if (opened) return fence(from, opened[1] ?? '')
  if (BULLET.test(line)) {
    const items = takeWhile(from, (next) => BULLET.exec(next)).map((found) => inline(found[1] ?? ''))
    return { t: 'list', isOrdered: false, start: 1, items }
  }
  const first = NUMBER.exec(line)
  if (first) {
    const items = takeWhile(from, (next) => NUMBER.exec(next)).map((found) => inline(found[2] ?? ''))
    return { t: 'list', isOrdered: true, start: Number(first[1]), items }
  }
  if (QUOTE.test(line)) {
    const inside = takeWhile(from, (next) => QUOTE.exec(next)).map((found) => found[1] ?? '')
    return { t: 'quote', children: inline(inside.join('\n')) }
  }
  return paragraph(from)
}

/** Reads a message's text. Total: any text gives a tree, and the words in it are never lost, nor their order. */
export function parse(source: string): Block[] {
  const from: Lines = { lines: untwisted(source).replaceAll('\r\n', '\n').split('\n'), at: 0 }
  const blocks: Block[] = []
  while (from.at < from.lines.length) {
    const next = block(from)
    if (next) blocks.push(next)
  }
  return blocks
}

type Span = { read: Inline; length: number } | null

const MARKS: readonly { mark: string; t: 'strong' | 'em' | 'del' }[] = [
  { mark: '**', t: 'strong' },
  { mark: '__', t: 'strong' },
  { mark: '~~', t: 'del' },
  { mark: '*', t: 'em' },
  { mark: '_', t: 'em' },
]

const WORD = /[\p{L}\p{N}]/u
const LATIN = /[a-z0-9]/i

/** `*like this*`: marks stand at the word; an underscore inside a word and the stars of 2*3*4 are themselves. */
function emphasis(text: string, at: number): Span {
  for (const { mark, t } of MARKS) {
    if (!text.startsWith(mark, at)) continue
    const start = at + mark.length
    const end = text.indexOf(mark, start + 1)
    if (end < 0 || /\s/.test(text[start] ?? ' ') || /\s/.test(text[end - 1] ?? ' ')) continue
    if (mark.length === 1 && text[end + 1] === mark) continue
    const [before, after] = [text[at - 1] ?? '', text[end + mark.length] ?? '']
    const isProduct = mark === '*' && LATIN.test(before) && LATIN.test(after)
    const isInWord = isProduct || (mark.startsWith('_') && (WORD.test(before) || WORD.test(after)))
    if (isInWord || text.slice(start, end).includes('\n\n')) continue
    return { read: { t, children: inline(text.slice(start, end)) }, length: end + mark.length - at }
  }
  return null
}

function code(text: string, at: number): Span {
  const ticks = /^`+/.exec(text.slice(at))?.[0]
  if (!ticks) return null
  const end = text.indexOf(ticks, at + ticks.length)
  if (end < 0) return null
  const inside = text.slice(at + ticks.length, end)
  return inside.trim() === '' ? null : { read: { t: 'code', text: inside }, length: end + ticks.length - at }
}

function link(text: string, at: number): Span {
  const found = /^\[([^\][\n]{1,500})\]\(([^()\s]{1,2000})\)/.exec(text.slice(at, at + 2600))
  if (!found) return null
  const href = safeHref(found[2] ?? '')
  if (!href) return null
  const words = found[1] ?? ''
  return { read: { t: 'link', href, place: placeOf(href, words), children: [{ t: 'text', text: words }] }, length: found[0].length }
}

/** A bare address. Full stops, closing brackets and Chinese punctuation after it are not part of it. */
function address(text: string, at: number): Span {
  if (WORD.test(text[at - 1] ?? '') && /[a-z]/i.test(text[at - 1] ?? '')) return null
  const found = /^(https?:\/\/|www\.)[^\s<>"'，。；！？、）】》」』\u3000]+/i.exec(text.slice(at, at + 2100))
  if (!found) return null
  let shown = found[0].replace(/[.,;:!?'"*_~]+$/, '')
  while (shown.endsWith(')') && shown.split(')').length > shown.split('(').length) shown = shown.slice(0, -1)
  const href = safeHref(/^www\./i.test(shown) ? `https://${shown}` : shown)
  if (!href || shown.length < 8) return null
  return { read: { t: 'link', href, place: placeOf(href, shown), children: [{ t: 'text', text: shown }] }, length: shown.length }
}

/** `<https://…>`: the brackets say where the address ends and are not shown. */
function bracketed(text: string, at: number): Span {
  const shown = /^<((?:https?:\/\/|www\.)[^\s<>]{1,2000})>/i.exec(text.slice(at, at + 2100))?.[1]
  const href = shown === undefined ? null : safeHref(/^www\./i.test(shown) ? `https://${shown}` : shown)
  if (shown === undefined || href === null) return null
  return { read: { t: 'link', href, place: placeOf(href, shown), children: [{ t: 'text', text: shown }] }, length: shown.length + 2 }
}

function escaped(text: string, at: number): Span {
  const next = text[at + 1]
  return text[at] === '\\' && next && /[\\`*_~[\]()>#+.!-]/.test(next)
    ? { read: { t: 'text', text: next }, length: 2 }
    : null
}

const STARTS = /[\\`*_~[<\nhw]/i

function spanAt(text: string, at: number): Span {
  const letter = text[at] ?? ''
  if (letter === '\n') return { read: { t: 'break' }, length: 1 }
  if (!STARTS.test(letter)) return null
  return escaped(text, at) ?? code(text, at) ?? link(text, at) ?? bracketed(text, at) ?? address(text, at) ?? emphasis(text, at)
}

/** Reads the inside of a line or paragraph. */
export function inline(text: string): Inline[] {
  const out: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain) out.push({ t: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < text.length;) {
    const span = spanAt(text, at)
    if (!span) {
      plain += text[at]
      at += 1
      continue
    }
    if (span.read.t === 'text') plain += span.read.text
    else {
      flush()
      out.push(span.read)
    }
    at += span.length
  }
  flush()
  return out
}
