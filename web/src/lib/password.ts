/** A rough guess at how hard a password is to guess: length, variety, repeats, and what anybody would try. */
const FIRST_TRIES = ['password', 'qwerty', 'asdf', '12345', '11111', 'abc123', 'admin', 'welcome', 'woaini', 'tulou', 'letmein', 'iloveyou', '5201314']

/** Shortest password the server takes. */
export const SHORTEST = 8

/** 0 too short, 1 easy, 2 fair, 3 strong. `personal` are words that must not carry it: names, accounts. */
export function passwordStrength(password: string, personal: readonly string[] = []): 0 | 1 | 2 | 3 {
  const length = Array.from(password).length
  if (length < SHORTEST) return 0
  const plain = password.toLowerCase()
  const weak = [...FIRST_TRIES, ...personal.map((word) => word.toLowerCase().trim()).filter((word) => word.length >= 2)]
  const left = weak.reduce((rest, word) => rest.replaceAll(word, ''), plain)
  const distinct = new Set(left).size
  if (distinct < 5 || left.length < 7) return 1
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const bits = left.length * Math.log2(Math.max(distinct, 8)) + kinds * 3
  if (bits < 42) return 1
  return bits < 58 ? 2 : 3
}
