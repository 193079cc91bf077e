/** Asking an administrator, from anywhere: what about, and the words that wait for the chat (ADM-08). */
import { createContext, useContext } from 'react'
import { create } from 'zustand'
import { query } from '~/api/client'

/** What one met: the question begins with it. */
export type AskTopic = 'access' | 'application' | 'files' | 'keeping' | 'profile' | 'anything'

const useAsking = create<{ topic: AskTopic | null }>(() => ({ topic: null }))

/** What is being asked about; `null` while nobody asks. */
export const useAskTopic = () => useAsking((state) => state.topic)
export const askAdministrator = (topic: AskTopic = 'anything') => useAsking.setState({ topic })
export const stopAsking = () => useAsking.setState({ topic: null })

/** Only inside an organisation is there somebody to ask: before the door nobody's name is told. */
export const CanAskContext = createContext(false)
export const useCanAsk = () => useContext(CanAskContext)

let question: { member: string; text: string } | null = null

/** Leaves a question for the chat with somebody that is opened next. */
export function leaveQuestion(member: string, text: string) {
  question = { member, text }
}

/** The question that waits for the chat with somebody, once; whatever waited for another is forgotten. */
export function takeQuestion(member: string): string | null {
  const waiting = question
  question = null
  return waiting?.member === member ? waiting.text : null
}

export const whomToAsk = () => query('get', '/v1/whom-to-ask', {})
export const storage = () => query('get', '/v1/storage', {})
export const fileStore = () => query('get', '/v1/file-store', {})
