/** Brings people into a group, and says what they will be able to read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Conversation } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { type Chosen, idsOf, isNobody, nobody, PeoplePicker } from '../people/PeoplePicker'
import { addMembers } from '../queries'
import { useChange } from './useChange'

interface Props {
  conversation: Conversation
  inside: ReadonlySet<string>
  onClose: () => void
}

export function AddPeople({ conversation, inside, onClose }: Props) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<Chosen>(nobody)
  const change = useChange(conversation.id)
  const textOf = useProblemText()
  const add = async () => {
    if (await change.run(() => addMembers(conversation.id, idsOf(chosen)))) onClose()
  }
  return (
    <Dialog
      title={t({ message: 'Add people', context: 'to a group' })}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" isPending={change.isPending} isDisabled={isNobody(chosen)} onPress={() => void add()}>{t({ message: 'Add', context: 'to a group' })}</Button>
        </>
      }
    >
      {change.error !== null && <Banner tone="bad" isAlert>{textOf(change.error)}</Banner>}
      <p style={{ marginBlockEnd: 10 }}>
        {conversation.history === 'all' ? <Trans>They can read everything that is still kept.</Trans> : <Trans>They can read what is written from now on, nothing from before.</Trans>}
      </p>
      <PeoplePicker chosen={chosen} onChange={setChosen} inside={inside} hasDepartments />
    </Dialog>
  )
}
