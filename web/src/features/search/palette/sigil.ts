/** One sign before the words says what is looked for: `>` functions, `@` people, `#` conversations. Pure. */
import type { Question } from '../useGroups'

const SCOPES: Readonly<Record<string, Question['scope']>> = { '>': 'functions', '》': 'functions', '@': 'people', '＠': 'people', '#': 'conversations', '＃': 'conversations' }

export function sigilOf(words: string): { words: string; scope: Question['scope'] | null } {
  const scope = SCOPES[words.charAt(0)]
  return scope === undefined ? { words, scope: null } : { words: words.slice(1).trim(), scope }
}
