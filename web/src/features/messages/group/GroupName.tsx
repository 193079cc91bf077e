/** What the group is called, and the way to call it otherwise. */
import { useLingui } from '@lingui/react/macro'
import { PenLine } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Conversation } from '~/api/types'
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

function Rename({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui()
  const form = useId()
  const [name, setName] = useState(conversation.name ?? '')
  const textOf = useProblemText()
  const change = useChange(conversation.id)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await change.run(() => changeConversation(conversation.id, { name: name.trim() }))) onClose()
  }
  return (
    <Dialog
      title={t`Rename the group`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button type="submit" form={form} variant="primary" isPending={change.isPending} isDisabled={name.trim() === ''}>{t`Rename`}</Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t`Name of the group`}
          value={name}
          onChange={setName}
          maxLength={60}
          autoFocus
          errorMessage={change.error ? textOf(change.error) : null}
          description={t`Everybody in the group sees who renamed it.`}
        />
      </form>
    </Dialog>
  )
}
