/** In the place of a conversation that this device does not have: why, and what one wrote there that nobody got. */
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiError, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { useTakesTurns } from '~/lib/useMedia'
import { useIsAway } from '~/shell/away'
import { links } from '~/shell/links'
import { PageTitle } from '~/shell/PageTitle'
import { ButtonLink } from '~/ui/Button'
import { ErrorState, NotFound } from '~/ui/State'
import { useChat, useMessages } from '../context'
import { MessageSkeleton } from './MessageSkeleton'
import { NotHere } from './NotLoaded'
import { Unsent } from './Unsent'
import styles from './Unsent.module.css'

/** What the server says of it; an error is no answer yet. */
type Answer = 'gone' | 'away' | { error: unknown } | null

/** An address that names nothing is refused for good; a server that is busy or broken says nothing of the conversation. */
const isRefusal = (error: unknown) => error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429

function answerIn(error: unknown): Answer {
  if (isUnreachable(error)) return 'away'
  return isRefusal(error) ? 'gone' : { error }
}

export function Missing({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(0)
  return <Asked key={attempt} id={id} onRetry={() => setAttempt((before) => before + 1)} />
}

function Asked({ id, onRetry }: { id: string; onRetry: () => void }) {
  const { engine } = useMessages()
  const listing = useChat((state) => state.listing)
  const isAway = useIsAway()
  const [answer, setAnswer] = useState<Answer>(null)
  useEffect(() => {
    if (listing === 'loading' || isAway) return
    engine.sync.refresh(id).then(
      () => setAnswer('gone'),
      (error: unknown) => setAnswer(answerIn(error)),
    )
  }, [engine, id, listing, isAway])
  if (answer === 'away' || (isAway && answer === null)) return <Place id={id}><NotHere /></Place>
  if (answer === null) return <MessageSkeleton />
  return <Place id={id}>{answer === 'gone' ? <Gone /> : <Failed error={answer.error} onRetry={onRetry} />}</Place>
}

function Place({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div className={styles.gone}>
      {children}
      <Unsent id={id} />
    </div>
  )
}

function Gone() {
  const { t } = useLingui()
  const { slug } = useMessages()
  const takesTurns = useTakesTurns()
  const title = t`There is no such conversation`
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <NotFound level={takesTurns ? 1 : 2} title={title} action={<ButtonLink href={links.messages(slug)}>{t`All conversations`}</ButtonLink>}>
        {t`It may be over, or you are no longer part of it.`}
      </NotFound>
    </>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const takesTurns = useTakesTurns()
  return (
    <>
      <PageTitle>{t`Messages`}</PageTitle>
      <ErrorState level={takesTurns ? 1 : 2} number={error instanceof ApiError ? error.number : null} onRetry={onRetry}>{textOf(error)}</ErrorState>
    </>
  )
}
