/** Everything that can be done with a message: by the right button, ⋯, the menu key or a long press. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Copy, Eye, Forward, Link2, PenLine, Reply, Trash2, Undo2, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Message } from '~/api/types'
import { links } from '~/shell/links'
import { ContextMenu, type Place } from '~/ui/ContextMenu'
import { MenuItem, MenuSeparator } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { useMessages, usePerson } from '../context'
import { useCopy } from '../useCopy'
import { amend } from '../engine/state'
import { update } from '../engine/store'
import { organisation, recallMessage } from '../queries'
import { canEdit, canRecall, canRemove, useMessageActions } from './actions'

interface Props {
  message: Message
  excerpt: string
  place: Place
  onClose: () => void
}

function useRecall(message: Message) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const textOf = useProblemText()
  return () =>
    recallMessage(message.conversation_id, message.seq).then(
      () => update(engine.store, (state) => amend(state, { ...message, state: 'recalled', body: null })),
      (error: unknown) => toast(`${t`Not recalled.`} ${textOf(error)}`, { tone: 'bad' }),
    )
}

export function MessageMenu({ message, excerpt, place, onClose }: Props) {
  const { t } = useLingui()
  const { me, slug } = useMessages()
  const { entry, reply, edit, forward, showReaders, remove } = useMessageActions()
  const recall = useRecall(message)
  const windows = useQuery(organisation()).data ?? {}
  const [now] = useState(Date.now)
  const text = message.body?.kind === 'text' ? message.body.text : null
  const copy = useCopy()
  const mayEdit = canEdit(message, me, now, windows)
  const mayRecall = canRecall(message, me, now, windows)
  const mayRemove = canRemove(message, entry.conversation, me, now, windows)
  const author = usePerson(message.author_id)
  const hasReaders = message.author_id === me && entry.conversation.kind === 'group'
  return (
    <ContextMenu label={t({ message: 'Message', context: 'what somebody said' })} header={excerpt} place={place} onClose={onClose}>
      {entry.conversation.can.send && <MenuItem id="reply" icon={Reply} onAction={() => reply(message)}>{t`Reply`}</MenuItem>}
      {text !== null && text !== '' && <MenuItem id="copy" icon={Copy} onAction={() => void copy(text, t`Text copied`)}>{t`Copy text`}</MenuItem>}
      {text !== null && <MenuItem id="forward" icon={Forward} onAction={() => forward(message)}>{t`Forward`}</MenuItem>}
      <MenuItem id="link" icon={Link2} onAction={() => void copy(location.origin + links.conversation(slug, message.conversation_id, message.seq), t`Link copied. It opens only for members.`)}>
        {t`Copy link`}
      </MenuItem>
      {hasReaders && <MenuItem id="readers" icon={Eye} onAction={() => showReaders(message)}>{t`Who has read this`}</MenuItem>}
      {author && message.author_id !== me && <MenuItem id="card" icon={UserRound} href={links.person(slug, author.id)}>{t`Open the card`}</MenuItem>}
      {(mayEdit || mayRecall || mayRemove) && <MenuSeparator />}
      {mayEdit && <MenuItem id="edit" icon={PenLine} onAction={() => edit(message)}>{t`Edit`}</MenuItem>}
      {mayRecall && <MenuItem id="recall" icon={Undo2} isDanger onAction={() => void recall()}>{t`Recall`}</MenuItem>}
      {mayRemove && <MenuItem id="remove" icon={Trash2} isDanger onAction={() => remove(message)}>{t`Remove`}</MenuItem>}
    </ContextMenu>
  )
}
