/** Addresses in messages: which may be opened, and where they really lead. */

import { untwisted } from '~/lib/bidi'

/** Schemes a link may have. Everything else stays text. */
const SAFE = /^(https?:\/\/|mailto:|tel:)/i

/** An address that is safe to open, or nothing. Control characters hide schemes and are refused. */
export function safeHref(href: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(href)) return null
  return SAFE.test(href) && URL.canParse(href) ? href : null
}

/**
 * Where a safe address leads, to be shown behind the words of its link: the host as the network knows it, the mail
 * address, or the number. Nothing when the words themselves begin with it.
 */
export function placeOf(href: string, words: string): string | null {
  const url = new URL(href)
  const place = url.host === '' ? decoded(url.pathname) : url.host
  const said = words.trim().replace(/^(https?:\/\/|mailto:|tel:)/i, '').toLowerCase()
  const isSaid = [place, place.replace(/^www\./, '')].some((one) => said.startsWith(one.toLowerCase()) && /^([/?#]|$)/.test(said.slice(one.length)))
  return isSaid ? null : place
}

function decoded(path: string): string {
  try {
    return untwisted(decodeURIComponent(path))
  } catch {
    return path
  }
}
