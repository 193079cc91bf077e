/** What was said, in its bubble: the quoted message above it, where it was forwarded from, and the words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Forward, RefreshCw } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Message, TextBody } from '~/api/types'
import { Icon } from '~/ui/Icon'
import { useChat } from '../context'
import { Name } from '../names'
import { Excerpt } from '../text/Excerpt'
import { MessageText } from '../text/MessageText'
import { plainText } from '../text/plain'
import { useMessageActions } from './actions'
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
  return <TextBubble body={body} isMine={isMine} me={me} />
}

type State = 'queued' | 'sending' | 'failed'

/** Also what is still on its way: outlined while it waits. */
export function TextBubble({ body, isMine, me, state }: { body: TextBody; isMine: boolean; me: string; state?: State }) {
  return (
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
}

function Forwarded({ author }: { author: string }) {
  const name = <Name id={author} />
  return <Trans>Forwarded, first written by {name}</Trans>
}

/** What is quoted goes when it is recalled or its time is over, and changes when it is edited. */
function useQuoted(to: NonNullable<TextBody['reply_to']>): string | null {
  const { entry } = useMessageActions()
  const held = useChat((state) => state.logs.get(entry.conversation.id)?.messages.get(to.seq))
  if (!held) return to.excerpt ?? null
  return held.body?.kind === 'text' ? plainText(held.body.text, 120) : null
}

function Quote({ to, me }: { to: NonNullable<TextBody['reply_to']>; me: string }) {
  const { t } = useLingui()
  const { jump } = useMessageActions()
  const words = useQuoted(to)
  if (words === null) return <span className={styles.quote}>{t`The message this answers is gone`}</span>
  return (
    <Button className={styles.quote} onPress={() => jump(to.seq)} aria-description={t`Jumps to the message`}>
      <span>{to.author_id === me ? t`You` : <Name id={to.author_id ?? ''} />}</span>
      {t({ message: ': ', comment: 'Between a name and what that person said' })}
      <span><Excerpt text={words} /></span>
    </Button>
  )
}
