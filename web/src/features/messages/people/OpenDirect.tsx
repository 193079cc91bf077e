/** Opens the direct chat with somebody, making it when there is none, and goes there. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { takeQuestion } from '~/shell/asking'
import { links } from '~/shell/links'
import { ErrorState } from '~/ui/State'
import { useProblemText } from '~/api/problems'
import { MessageSkeleton } from '../conversation/MessageSkeleton'
import { useMessages } from '../context'
import { learn } from '../engine/state'
import { update } from '../engine/store'
import { createConversation } from '../queries'

export function OpenDirect() {
  const { t } = useLingui()
  const { member } = useParams({ strict: false })
  const { engine, slug } = useMessages()
  const router = useRouter()
  const textOf = useProblemText()
  const made = useQuery({
    queryKey: ['direct', slug, member],
    enabled: member !== undefined,
    queryFn: () => createConversation({ kind: 'direct', member_id: member ?? '' }),
    gcTime: 0,
  })
  useEffect(() => {
    if (!made.data) return
    const conversation = made.data
    update(engine.store, (state) => learn(state, [conversation]))
    // What was begun here already is not written over.
    const question = takeQuestion(member ?? '')
    const isBegun = Boolean(engine.store.getState().entries.get(conversation.id)?.conversation.my.draft)
    if (question !== null && !isBegun) engine.draft(conversation.id, { text: question, reply_to: null })
    router.history.replace(links.conversation(slug, conversation.id))
  }, [made.data, engine, member, router, slug])
  if (made.error) {
    return (
      <ErrorState title={t`This chat could not be opened`} onRetry={() => void made.refetch()}>
        {textOf(made.error)}
      </ErrorState>
    )
  }
  return <MessageSkeleton />
}
