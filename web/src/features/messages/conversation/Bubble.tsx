/** What was said, in its bubble: the quoted message above it, where it was forwarded from, and the words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Forward, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Message, TextBody } from '~/api/types'
import { Icon } from '~/ui/Icon'
import { MessageFiles } from '../files/MessageFiles'
import { filesOf } from '../files/types'
import { Name } from '../names'
import { Excerpt } from '../text/Excerpt'
import { MessageText } from '../text/MessageText'
import { useMessageActions } from './actions'
import { useQuoted } from './useQuoted'
import styles from './Bubble.module.css'

export function Bubble({ message, me, isMine }: { message: Message; me: string; isMine: boolean }) {
  const { body } = message
  if (body?.kind !== 'text') {
    return (
      <div className={styles.unknown}>
        <Icon icon={RefreshCw} size={15} />
        <Trans>This message is of a kind this version does not know. Reload the page to see it.</Trans>
      </div>
    )
  }
  const files = filesOf(body)
  const { conversation_id: conversation, seq, kept_until: keptUntil } = message
  return (
    <TextBubble body={body} isMine={isMine} me={me}>
      {files.length > 0 && <MessageFiles files={files} conversation={conversation} seq={seq} keptUntil={keptUntil} />}
    </TextBubble>
  )
}

type State = 'queued' | 'sending' | 'failed'

interface TextProps {
  body: TextBody
  isMine: boolean
  me: string
  state?: State
  /** Its files, above the words. */
  children?: ReactNode
}

/** Also what is still on its way: outlined while it waits. */
export function TextBubble({ body, isMine, me, state, children }: TextProps) {
  const isBare = body.text === '' && !body.forwarded && !body.reply_to
  const words = (
    <div className={styles.bubble} data-mine={isMine || undefined} data-state={state}>
      {body.forwarded && (
        <div className={styles.forwarded}>
          <Icon icon={Forward} size={13} />
          <Forwarded author={body.forwarded.author_id} />
        </div>
      )}
      {body.reply_to && <Quote to={body.reply_to} me={me} />}
      <MessageText text={body.text} mentions={body.mentions ?? []} callsAll={body.mentions_all === true} />
    </div>
  )
  if (!children) return words
  return (
    <div className={styles.said} data-mine={isMine || undefined}>
      {children}
      {!isBare && words}
    </div>
  )
}

function Forwarded({ author }: { author: string }) {
  const name = <Name id={author} isLink />
  return <Trans>Forwarded, first written by {name}</Trans>
}

function Quote({ to, me }: { to: NonNullable<TextBody['reply_to']>; me: string }) {
  const { t } = useLingui()
  const { entry, jump } = useMessageActions()
  const words = useQuoted(entry.conversation.id, to)
  if (words === null) return <span className={styles.quote}>{t`The message this answers is gone`}</span>
  return (
    <Button className={styles.quote} onPress={() => jump(to.seq)} aria-description={t`Jumps to the message`}>
      <span>{to.author_id === me ? t`You` : <Name id={to.author_id ?? ''} />}</span>
      {t({ message: ': ', comment: 'Between a name and what that person said' })}
      <span><Excerpt text={words} /></span>
    </Button>
  )
}
