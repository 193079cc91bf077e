import type { TextBody } from '~/api/types'
import { useChat } from '../context'
import { useSummary } from '../files/summary'
import { useAnswered } from './writing'

/** The words that are answered, or null: what is quoted goes when it is recalled or its time is over, and changes when it is edited. */
export function useQuoted(conversation: string, to: NonNullable<TextBody['reply_to']>): string | null {
  const found = useChat((state) => state.logs.get(conversation)?.messages.get(to.seq))
  // What this device remembers of an answer is without the words it answers: they are fetched.
  const fetched = useAnswered(conversation, to.excerpt === '' ? to.seq : null)
  const held = found ?? fetched
  const summaryOf = useSummary()
  if (!held) return to.excerpt ?? null
  return held.body?.kind === 'text' ? summaryOf(held.body, 120) : null
}
