/** Why somebody was found whose name is another: by what signs them in or reaches them. */
import type { Member } from '~/api/types'

const LEAST_CHARACTERS = 3
const LEAST_DIGITS = 4
const digitsOf = (text: string) => text.replaceAll(/\D/g, '')

/** The contact of a person that these words begin or, of a number, are part of; `null` when it is none, as on the server. */
export function contactOf({ user_id, email, phone }: Pick<Member, 'user_id' | 'email' | 'phone'>, words: string): string | null {
  const wanted = words.trim().toLowerCase()
  const begun = wanted.length < LEAST_CHARACTERS ? undefined : [user_id, email].find((own) => own?.toLowerCase().startsWith(wanted))
  if (begun) return begun
  const digits = digitsOf(wanted)
  const isNumber = /^[\d\s+().-]*$/.test(wanted) && digits.length >= LEAST_DIGITS
  return isNumber && phone && digitsOf(phone).includes(digits) ? phone : null
}
