/** Whether a message is worth a sign, and which. Pure: the settings, the place and the moment are given. */
import type { Message } from '~/api/types'
import type { Entry } from '../engine/entry'
import { isForMe } from '../engine/entry'

export interface Moment {
  me: string
  /** The conversation that is open. */
  open: string | null
  /** Somebody looks at this window. */
  isLookedAt: boolean
  settings: { desktop: boolean; sound: boolean; mentions_only: boolean; shows_text: boolean }
}

export type Sign = { t: 'none' } | { t: 'toast' } | { t: 'desktop'; showsText: boolean; sound: boolean }

const none: Sign = { t: 'none' }

/** Quiet for own and system messages, for what is open and looked at, and for muted conversations unless one is called. */
export function signFor(message: Message, entry: Entry, moment: Moment): Sign {
  if (message.author_id === moment.me || message.body?.kind !== 'text') return none
  const isCalled = isForMe(message, moment.me)
  if (moment.open === message.conversation_id && moment.isLookedAt) return none
  if ((entry.conversation.my.is_muted || moment.settings.mentions_only) && !isCalled) {
    const isDirect = entry.conversation.kind === 'direct' && !entry.conversation.my.is_muted
    if (!isDirect) return none
  }
  if (moment.isLookedAt) return isCalled ? { t: 'toast' } : none
  if (!moment.settings.desktop) return none
  return { t: 'desktop', showsText: moment.settings.shows_text, sound: moment.settings.sound }
}
