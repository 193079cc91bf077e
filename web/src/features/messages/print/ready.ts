/** Pictures are fetched before the browser's print begins: it takes the page as it stands then. */
import type { QueryClient } from '@tanstack/react-query'
import type { Message } from '~/api/types'
import { isApple } from '~/lib/platform'
import { addressesOf, type FilePlace } from '../files/addresses'
import { filesOf, isShown } from '../files/types'

/** Longer nobody waits for a picture on paper. */
const MOST_MS = 8_000
/** A shorter wait is not worth a word. */
const WORTH_SAYING_MS = 300

interface Waiting {
  queries: QueryClient
  messages: readonly Message[]
}

let waiting: Waiting | null = null
/** Held until the next print, so that the browser has them at hand. */
const held = new Set<HTMLImageElement>()

/** What is on the screen, should it be printed; answers how to take that back. */
export function keepReady(queries: QueryClient, messages: readonly Message[]): () => void {
  const mine = { queries, messages }
  waiting = mine
  return () => {
    if (waiting === mine) waiting = null
    held.clear()
  }
}

/** With the machine's own key: Ctrl P on a Mac goes one line up in a text field. */
export function isPrintKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const isMod = isApple() ? metaKey && !ctrlKey : ctrlKey && !metaKey
  return key.toLowerCase() === 'p' && isMod && !altKey && !shiftKey
}

let printing: Promise<void> | null = null

/** Prints, once the pictures are there or have been waited for long enough; `onWait` is told when that takes a while. One at a time. */
export function printReady(onWait: () => void): Promise<void> {
  printing ??= print(onWait).finally(() => {
    printing = null
  })
  return printing
}

async function print(onWait: () => void): Promise<void> {
  if (waiting) {
    const telling = setTimeout(onWait, WORTH_SAYING_MS)
    await Promise.race([fetchPictures(waiting), new Promise((resolve) => setTimeout(resolve, MOST_MS))])
    clearTimeout(telling)
  }
  window.print()
}

async function fetchPictures({ queries, messages }: Waiting): Promise<void> {
  await Promise.all(placesOf(messages).map((place) => fetchPicture(queries, place)))
}

const placesOf = (messages: readonly Message[]): FilePlace[] =>
  messages.flatMap(({ conversation_id, seq, body }) => filesOf(body).filter(isShown).map((file) => ({ conversation: conversation_id, seq, file: file.id })))

async function fetchPicture(queries: QueryClient, place: FilePlace): Promise<void> {
  try {
    const { thumbnail } = await queries.fetchQuery(addressesOf(place))
    if (thumbnail !== null) held.add(await loaded(thumbnail))
  } catch {
    // Its name stands alone.
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  return new Promise((resolve, reject) => {
    image.addEventListener('load', () => resolve(image))
    image.addEventListener('error', reject)
    image.src = address
  })
}
