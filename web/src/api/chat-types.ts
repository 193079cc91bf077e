/** The nouns of talking. */
import type { components } from './schema'

type Schema = components['schemas']

export type TextBody = Schema['Text'] & { kind: 'text' }
export type SystemBody = Schema['System'] & { kind: 'system' }
/** A kind the client does not know is shown as "update to see this". */
export type MessageBody = Schema['Body']

export type Message = Schema['Message']
export type Conversation = Schema['Conversation']
export type NewConversation = Schema['NewConversation']
export type ConversationMember = Schema['ConversationMember']
export type MessageRange = Schema['MessagePage']
export type Readers = Schema['Readers']
export type SyncAnswer = Schema['SyncAnswer']
