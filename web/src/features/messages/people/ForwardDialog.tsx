/** Sends a copy of a message to other conversations. The copy says who wrote it first. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Message } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { SearchField } from '~/ui/SearchField'
import { toast } from '~/ui/toast'
import { useChat, usePeople } from '../context'
import { clientId } from '../engine/clientId'
import { byActivity, type Entry } from '../engine/entry'
import { ConversationAvatar, useTitle } from '../names'
import { forwardMessage } from '../queries'
import { useSummary } from '../files/summary'
import styles from './ForwardDialog.module.css'

const MOST = 9

export function ForwardDialog({ message, onClose }: { message: Message | null; onClose: () => void }) {
  return message === null ? null : <Opened message={message} onClose={onClose} />
}

function Opened({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const summaryOf = useSummary()
  const entries = useChat((state) => state.entries)
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const all = useMemo(() => [...entries.values()].filter((entry) => entry.conversation.can.send).sort(byActivity), [entries])
  const people = usePeople(useMemo(() => all.flatMap((entry) => entry.conversation.peer_id ?? []), [all]))
  const query = words.trim().toLocaleLowerCase()
  const shown = all.filter(({ conversation }) => (conversation.name ?? people.get(conversation.peer_id ?? '')?.name ?? '').toLocaleLowerCase().includes(query))
  const toggle = (id: string) => setChosen((those) => (those.includes(id) ? those.filter((one) => one !== id) : [...those, id]))
  const send = async () => {
    setPending(true)
    try {
      await forwardMessage(message.conversation_id, message.seq, [...chosen], chosen.map(() => clientId()))
      toast(t`Forwarded`)
      onClose()
    } catch (error) {
      setProblem(textOf(error))
      setPending(false)
    }
  }
  return (
    <Dialog
      title={t`Forward`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" isPending={isPending} isDisabled={chosen.length === 0} onPress={() => void send()}>
            {chosen.length === 0 ? t`Forward` : <Plural value={chosen.length} one="Forward to #" other="Forward to #" />}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {problem !== null && <Banner tone="bad" isAlert>{problem}</Banner>}
        <blockquote className={styles.excerpt}>{message.body?.kind === 'text' ? summaryOf(message.body) : ''}</blockquote>
        <SearchField label={t`Find a conversation`} value={words} onChange={setWords} />
        <div className={styles.list}>
          {shown.slice(0, 60).map((entry) => (
            <Row key={entry.conversation.id} entry={entry} isChosen={chosen.includes(entry.conversation.id)} isFull={chosen.length >= MOST} onToggle={toggle} />
          ))}
        </div>
        <p className={styles.note}><Trans>Everybody there will see who wrote it first. It is kept there as long as that conversation keeps its messages.</Trans></p>
      </div>
    </Dialog>
  )
}

function Row({ entry, isChosen, isFull, onToggle }: { entry: Entry; isChosen: boolean; isFull: boolean; onToggle: (id: string) => void }) {
  const { conversation } = entry
  const title = useTitle(conversation)
  return (
    <div className={styles.row}>
      <Checkbox isSelected={isChosen} isDisabled={isFull && !isChosen} onChange={() => onToggle(conversation.id)}>
        <span className={styles.line}>
          <ConversationAvatar conversation={conversation} size={28} />
          <span className="grow ellipsis" dir="auto">{title}</span>
          {conversation.kind === 'group' && <span className={styles.detail}>{conversation.member_count}</span>}
        </span>
      </Checkbox>
    </div>
  )
}
