/** Limits as one types them. */

export const GIB = 1024 ** 3

/** `null` for nothing typed: no limit. `undefined` for what is no amount. */
export function amountOf(text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return null
  return /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined
}

/** Bytes as they are typed. */
export const gibOf = (bytes: number | null | undefined) => (bytes === null || bytes === undefined ? '' : String(Math.round((bytes / GIB) * 100) / 100))
