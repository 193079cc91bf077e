/** That a message was edited; where the organisation keeps it, also what it said before. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { Message } from '~/api/types'
import { QueryState } from '~/shell/QueryState'
import { organisation } from '~/shell/session'
import { BackCloses } from '~/ui/BackCloses'
import { Sheet } from '~/ui/Sheet'
import { useIsPhone } from '~/lib/useMedia'
import { versions } from '../queries'
import { MessageText } from '../text/MessageText'
import { useTimes } from '../times'
import styles from './EditedMark.module.css'

export function EditedMark({ message }: { message: Message }) {
  const { t } = useLingui()
  const times = useTimes()
  const isPhone = useIsPhone()
  const keeps = useQuery(organisation()).data?.keeps_edits === true
  const [isOpen, setOpen] = useState(false)
  if (!keeps) return <span title={message.edited_at ? times.full(message.edited_at) : undefined}><Trans>edited</Trans></span>
  const list = <Versions conversation={message.conversation_id} seq={message.seq} />
  const title = t`What this message said before`
  if (isPhone) {
    return (
      <>
        <Button className={styles.mark} onPress={() => setOpen(true)}><Trans>edited</Trans></Button>
        <Sheet title={title} isOpen={isOpen} onOpenChange={setOpen}>{list}</Sheet>
      </>
    )
  }
  return (
    <DialogTrigger>
      <Button className={styles.mark}><Trans>edited</Trans></Button>
      <Popover className={styles.popover} placement="top start" offset={4}>
        <BackCloses />
        <Dialog aria-label={title} className={styles.dialog}>{list}</Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Versions({ conversation, seq }: { conversation: string; seq: number }) {
  const times = useTimes()
  const answer = useQuery(versions(conversation, seq))
  return (
    <QueryState of={answer} skeleton={<div className={styles.waiting} />}>
      {(data) => (
        <>
          {data.items.length === 0 && <p className={styles.note}><Trans>Nothing was kept: it was edited before the organisation began to keep edits.</Trans></p>}
          <ol className={styles.list}>
            {data.items.map((version) => (
              <li key={version.written_at} className={styles.version}>
                <time dateTime={version.written_at}>{times.full(version.written_at)}</time>
                <MessageText text={version.text} mentions={[]} callsAll={false} />
              </li>
            ))}
          </ol>
        </>
      )}
    </QueryState>
  )
}
