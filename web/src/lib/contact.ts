/** Whether a phone number, an e-mail address or a user ID can be one, as the server reads them (`texts::contact`). */

/** Whether a country code is needed depends on where one is: that the server says. */
export function isPhone(text: string): boolean {
  const number = text.normalize('NFKC').replaceAll(/[\s()./\u2010-\u2015-]/g, '').replace(/^00/, '+')
  return /^\+?\d{6,15}$/.test(number) && !number.startsWith('+0')
}

export function isEmail(text: string): boolean {
  const [, local = '', domain = ''] = /^(.*)@([^@]*)$/.exec(text.trim().normalize('NFKC')) ?? []
  const isPlain = (part: string) => /^[^\s\p{Cc}<>()[\],;:\\"@]+$/u.test(part)
  return isPlain(local) && Array.from(local).length <= 64 && isPlain(domain) && /^[^.]+(\.[^.]+)+$/.test(domain)
}

/** Why it is no user ID, in the server's word for it; null when it is one. */
export function wrongUserId(text: string): 'length_2_to_64' | 'letters_digits_dot_dash_underscore' | null {
  const name = text.trim().normalize('NFKC')
  const length = Array.from(name).length
  if (length < 2 || length > 64) return 'length_2_to_64'
  return /^[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}._-]*$/u.test(name) ? null : 'letters_digits_dot_dash_underscore'
}
