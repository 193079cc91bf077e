/** @mentions: found in a text by the names they were written with, and asked for while writing. */

/** A piece of text: words, or somebody called. `id` is null for everybody. */
export type Piece = { t: 'words'; text: string } | { t: 'mention'; text: string; id: string | null }

/** The ways of calling everybody, in every language, because people of one group read in different ones. */
export const EVERYBODY: readonly string[] = ['所有人', '所有成員', 'everyone', 'all']

export interface Named {
  id: string
  name: string
}

/** Splits a text at the mentions it really carries: an @ before a name that was not called stays text. */
export function splitMentions(text: string, called: readonly Named[], everybody: boolean): Piece[] {
  const names: { token: string; id: string | null }[] = [
    ...called.map(({ id, name }) => ({ token: `@${name}`, id })),
    ...(everybody ? EVERYBODY.map((name) => ({ token: `@${name}`, id: null })) : []),
  ].sort((a, b) => b.token.length - a.token.length)
  if (names.length === 0) return text ? [{ t: 'words', text }] : []
  const pieces: Piece[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < from) continue
    const found = names.find(({ token }) => text.startsWith(token, at))
    if (!found) continue
    if (at > from) pieces.push({ t: 'words', text: text.slice(from, at) })
    pieces.push({ t: 'mention', text: found.token, id: found.id })
    from = at + found.token.length
  }
  if (from < text.length) pieces.push({ t: 'words', text: text.slice(from) })
  return pieces
}

/** The @ being written before the cursor, if any: where it begins and what follows it. */
export function mentionQuery(text: string, cursor: number): { at: number; query: string } | null {
  const before = text.slice(0, cursor)
  const at = before.lastIndexOf('@')
  if (at < 0) return null
  const query = before.slice(at + 1)
  if (query.length > 24 || /[\n@]/.test(query) || /\s\s/.test(query)) return null
  return /[\w.]/.test(before[at - 1] ?? '') ? null : { at, query }
}

/** Who is still called: picked earlier, and the name still stands in the text. */
export function stillCalled(text: string, picked: readonly Named[]): string[] {
  const ids = splitMentions(text, picked, false).flatMap((piece) =>
    piece.t === 'mention' && piece.id !== null ? [piece.id] : [],
  )
  return [...new Set(ids)]
}

/** Whether the text calls everybody; `@allen` does not. */
export function callsEverybody(text: string): boolean {
  return EVERYBODY.some((name) => new RegExp(`@${name}(?![a-z0-9_])`, 'i').test(text))
}
