/** Limits as one types them. */

export const GIB = 1024 ** 3

/** Commas that part thousands: they stand before every third figure. */
const GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/
/** Three figures after a comma that parts no thousands: nobody knows what is meant. */
const UNCLEAR = /,\d{3}$/

/** `null` for nothing typed: no limit. `undefined` for what is no amount. */
export function amountOf(text: string): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const isGrouped = GROUPED.test(typed)
  if (!isGrouped && UNCLEAR.test(typed)) return undefined
  const plain = isGrouped ? typed.replaceAll(',', '') : typed.replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

/** Bytes as they are typed: two places, and as many more as it takes to show that there is something. */
export function gibOf(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return ''
  const gib = bytes / GIB
  const places = gib === 0 || gib >= 0.1 ? 2 : 1 - Math.floor(Math.log10(gib))
  return gib.toFixed(places).replace(/\.?0+$/, '')
}
