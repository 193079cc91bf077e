/** Starts a conversation: with one person, or a group of several. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import { links } from '~/shell/links'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { RadioCards } from '~/ui/RadioCards'
import { TextField } from '~/ui/TextField'
import { useMessages } from '../context'
import { learn } from '../engine/state'
import { update } from '../engine/store'
import { createConversation } from '../queries'
import { type Chosen, idsOf, isNobody, nobody, PeoplePicker } from './PeoplePicker'
import styles from './NewConversation.module.css'

interface Props {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Who was chosen before, elsewhere. */
  company?: Chosen
}

type History = 'joining' | 'all'

export function NewConversation({ isOpen, onOpenChange, company = nobody }: Props) {
  return isOpen ? <Opened company={company} onClose={() => onOpenChange(false)} /> : null
}

function Opened({ company, onClose }: { company: Chosen; onClose: () => void }) {
  const { t } = useLingui()
  const { engine, slug } = useMessages()
  const router = useRouter()
  const textOf = useProblemText()
  const [chosen, setChosen] = useState<Chosen>(company)
  // A group of the directory lends its name.
  const [name, setName] = useState(company.groups.length === 1 ? (company.groups[0]?.name ?? '') : '')
  const [history, setHistory] = useState<History>('joining')
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const isGroup = chosen.departments.length + chosen.groups.length > 0 || chosen.members.length > 1
  const only = chosen.members[0]
  const start = async () => {
    if (isNobody(chosen)) return
    setPending(true)
    setProblem(null)
    try {
      const made = await createConversation(
        isGroup || !only
          ? {
              kind: 'group',
              name: name.trim() || null,
              ...idsOf(chosen),
              history,
            }
          : { kind: 'direct', member_id: only.id },
      )
      if (made) {
        update(engine.store, (state) => learn(state, [made]))
        router.history.push(links.conversation(slug, made.id))
      }
      onClose()
    } catch (error) {
      setProblem(textOf(error))
      setPending(false)
    }
  }
  return (
    <Dialog
      title={t`New conversation`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" isPending={isPending} isDisabled={!only && !isGroup} onPress={() => void start()}>
            {isGroup ? t`Create the group` : t`Start the chat`}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {problem !== null && <Banner tone="bad" isAlert>{problem}</Banner>}
        <PeoplePicker chosen={chosen} onChange={setChosen} hasDepartments />
        {isGroup && (
          <div className={styles.group}>
            <TextField label={t`Name of the group`} value={name} onChange={setName} maxLength={60} description={t`Without one, it is called “Group chat”.`} />
            <RadioCards<History>
              label={t`What people added later can read`}
              value={history}
              onChange={setHistory}
              columns={2}
              cards={[
                { id: 'joining', title: t`From when they join`, detail: t`What was said before stays among those who were there.` },
                { id: 'all', title: t`Everything that is kept`, detail: t`For projects where people come and go.` },
              ]}
            />
          </div>
        )}
        {!isGroup && only && <p className={styles.note}><Trans>Only the two of you can see what you write.</Trans></p>}
      </div>
    </Dialog>
  )
}
