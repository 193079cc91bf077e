/** Asks before a message is taken away from everybody: it cannot be brought back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Message } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { toast } from '~/ui/toast'
import { useMessages } from '../context'
import { amend } from '../engine/state'
import { update } from '../engine/store'
import { useName } from '../names'
import { recallMessage } from '../queries'

interface Props {
  message: Message | null
  onClose: () => void
}

export function RemoveDialog({ message, onClose }: Props) {
  const { t } = useLingui()
  const { me, engine } = useMessages()
  const textOf = useProblemText()
  // Its words stay as they were while the question goes away.
  const [asked, setAsked] = useState(message)
  if (message && message !== asked) setAsked(message)
  const name = isolated(useName(asked?.author_id) ?? '')
  const [isPending, setPending] = useState(false)
  const remove = async (gone: Message) => {
    setPending(true)
    try {
      await recallMessage(gone.conversation_id, gone.seq)
      update(engine.store, (state) => amend(state, { ...gone, state: 'removed', body: null }))
    } catch (error) {
      toast(`${t`Not removed.`} ${textOf(error)}`, { tone: 'bad' })
    } finally {
      setPending(false)
      onClose()
    }
  }
  return (
    <ConfirmDialog
      title={asked?.author_id === me ? t`Remove your message?` : t`Remove the message of ${name}?`}
      confirm={t`Remove`}
      isPending={isPending}
      isOpen={message !== null}
      onOpenChange={onClose}
      onConfirm={() => asked && void remove(asked)}
      // The bubble is gone; what stands in its place is walked on from.
      home={() => document.querySelector<HTMLElement>(`[data-message="${asked?.seq}"]`)}
    >
      <Trans>Nobody here can read it any more, on any device. The group sees that a message was removed.</Trans>
    </ConfirmDialog>
  )
}
