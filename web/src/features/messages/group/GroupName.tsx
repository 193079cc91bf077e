/** What the group is called, and the way to call it otherwise. */
import { useLingui } from '@lingui/react/macro'
import { PenLine } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Conversation } from '~/api/types'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { IconButton } from '~/ui/IconButton'
import { TextField } from '~/ui/TextField'
import { ConversationAvatar, useTitle } from '../names'
import { changeConversation } from '../queries'
import { useTimes } from '../times'
import { useNow } from '../useNow'
import { useChange } from './useChange'
import styles from './GroupPanel.module.css'

export function GroupName({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const title = useTitle(conversation)
  const times = useTimes()
  const [isRenaming, setRenaming] = useState(false)
  const since = times.short(conversation.created_at, useNow(600_000))
  return (
    <section className={styles.named}>
      <ConversationAvatar conversation={conversation} size={48} />
      <div className="grow">
        <h3 dir="auto">{title}</h3>
        <p>{t({ message: `since ${since}`, context: 'of a group' })}</p>
      </div>
      {conversation.can.rename && <IconButton icon={PenLine} size="s" label={t`Rename`} onPress={() => setRenaming(true)} />}
      {isRenaming && <Rename conversation={conversation} onClose={() => setRenaming(false)} />}
    </section>
  )
}

const valuesOf = (of: Conversation) => ({ name: of.name ?? '' })

function Rename({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const form = useForm(valuesOf(conversation))
  const { name } = form.values
  const { before, isOthers, take } = useTheirs(conversation, valuesOf, form)
  const textOf = useProblemText()
  const change = useChange(conversation.id)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await change.run(() => changeConversation(conversation, { name: name.trim() }))) onClose()
  }
  const lines = differing([{ id: 'name', label: t`Name of the group`, value: conversation.name ?? '', was: before.name, is: conversation.name }])
  return (
    <Dialog
      title={t`Rename the group`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={change.isPending} isDisabled={name.trim() === ''}>{t`Rename`}</Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)}>
        {isOthers && (lines.length > 0 || hasStatus(change.error, 412)) && <TheirChanges lines={lines} onTake={take} />}
        <TextField
          label={t`Name of the group`}
          value={name}
          onChange={(typed) => form.set('name', typed)}
          maxLength={60}
          autoFocus
          errorMessage={change.error ? textOf(change.error) : null}
          description={t`Everybody in the group sees who renamed it.`}
        />
      </form>
    </Dialog>
  )
}
