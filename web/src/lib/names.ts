/** How a name is shortened for a small circle or square, and which of two names is read. */
const CJK = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** What alone in a circle reads as a line, a dot or a nought. */
const POOR = /[一丶丨丿〇]|\P{L}/u

/** The last two characters of a Chinese name, the first letters of a Latin one; one character that is read as one when there is little room. */
export function personInitials(name: string, hasRoom: boolean): string {
  const clean = name.trim()
  const letters = Array.from(clean)
  if (letters.length === 0) return ''
  if (CJK.test(clean)) return hasRoom ? letters.slice(-2).join('') : alone(letters)
  const words = clean.split(/\s+/)
  const first = Array.from(words[0] ?? '')[0] ?? ''
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : ''
  return (hasRoom ? first + last : first).toLocaleUpperCase()
}

function alone(letters: readonly string[]): string {
  const last = letters.at(-1) ?? ''
  return POOR.test(last) ? (letters.find((letter) => !POOR.test(letter)) ?? last) : last
}

/** The first two characters of a Chinese group, the first letters of two Latin words. */
export function groupInitials(name: string): string {
  const clean = name.trim()
  const letters = Array.from(clean).filter((letter) => !/\s/.test(letter))
  if (letters.length === 0) return '…'
  if (CJK.test(letters[0] ?? '')) return letters.slice(0, 2).join('')
  return clean
    .split(/[\s&·,/-]+/)
    .filter((word) => word.length > 0)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

/** A category colour 1–8 that stays the same for the same id. */
export function colourOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return (sum % 8) + 1
}

/** What an organisation is called for somebody reading in `language`, as far as it has a name there. */
export function organisationName(of: { name: string; name_zh?: string | null; name_en?: string | null }, language: string): string {
  return (language.startsWith('zh') ? of.name_zh : of.name_en) || of.name
}
