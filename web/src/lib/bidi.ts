/** Text of both directions: what people write never turns the words around it. */

/** Signs that turn text around by force. Marks that only hint a direction are harmless and stay. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/gu

/** Anything that runs, or makes run, from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u200F\u061C]/u

/** The text in the order in which it is stored and will be read out. */
export const untwisted = (text: string): string => text.replace(TURNING, '')

/** A name for the middle of a sentence, in one piece: what is written from right to left stays between its neighbours. */
export function isolated(name: string): string {
  const plain = untwisted(name)
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain
}
