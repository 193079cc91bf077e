/** Pictures are fetched before the browser's print begins: it takes the page as it stands then. */
import type { QueryClient } from '@tanstack/react-query'
import type { Message } from '~/api/types'
import { addressesOf, type FilePlace } from '../files/addresses'
import { filesOf, isShown } from '../files/types'

/** Longer nobody waits for a picture on paper. */
const MOST_MS = 8_000

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

export const isPrintKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) => key.toLowerCase() === 'p' && ctrlKey !== metaKey && !altKey && !shiftKey

/** Prints, once the pictures are there or have been waited for long enough. */
export async function printReady(): Promise<void> {
  if (waiting) await Promise.race([fetchPictures(waiting), new Promise((resolve) => setTimeout(resolve, MOST_MS))])
  window.print()
}

async function fetchPictures({ queries, messages }: Waiting): Promise<void> {
  await Promise.all(placesOf(messages).map((place) => fetchPicture(queries, place)))
}

const placesOf = (messages: readonly Message[]): FilePlace[] =>
  messages.flatMap(({ conversation_id, seq, body }) => filesOf(body).filter(isShown).map((file) => ({ conversation: conversation_id, seq, file: file.id })))

async function fetchPicture(queries: QueryClient, place: FilePlace): Promise<void> {
  try {
    const { thumbnail, content } = await queries.fetchQuery(addressesOf(place))
    held.add(await loaded(thumbnail ?? content))
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
