/** Leaving a group, and ending it. Both cannot be undone, so both say what happens first. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { LogOut, OctagonX } from 'lucide-react'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Conversation } from '~/api/types'
import { links } from '~/shell/links'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { useMessages } from '../context'
import { dissolve, leave } from '../queries'
import { useChange } from './useChange'
import styles from './GroupPanel.module.css'

export function GroupActions({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const { slug } = useMessages()
  const router = useRouter()
  const [asked, setAsked] = useState<'leave' | 'dissolve' | null>(null)
  const change = useChange(conversation.id)
  const textOf = useProblemText()
  const { can, member_count: count } = conversation
  const confirm = async () => {
    const isLeaving = asked === 'leave'
    const isDone = await change.run(() => (isLeaving ? leave(conversation.id) : dissolve(conversation.id)), isLeaving ? 'gone' : 'read')
    setAsked(null)
    if (isDone && isLeaving) router.history.push(links.messages(slug))
  }
  if (!can.leave && !can.dissolve) return null
  return (
    <section className={styles.actions}>
      {change.error !== null && <Banner tone="bad" isAlert>{textOf(change.error)}</Banner>}
      {can.leave && <Button icon={LogOut} onPress={() => setAsked('leave')}>{t`Leave the group`}</Button>}
      {can.dissolve && <Button icon={OctagonX} onPress={() => setAsked('dissolve')}>{t`Dissolve the group`}</Button>}
      <ConfirmDialog
        title={asked === 'dissolve' ? t`Dissolve this group?` : t`Leave this group?`}
        confirm={asked === 'dissolve' ? t`Dissolve` : t({ message: 'Leave', context: 'a group' })}
        isPending={change.isPending}
        isOpen={asked !== null}
        onOpenChange={() => setAsked(null)}
        onConfirm={() => void confirm()}
      >
        {asked === 'dissolve' ? (
          <Plural
            value={count}
            one="Nobody can write here any more. What was said can be read until its time is over."
            other="# people can no longer write here, and are told. What was said can be read until its time is over."
          />
        ) : (
          <Trans>You can no longer read it, on any device. The group sees that you left; somebody in it can add you again.</Trans>
        )}
      </ConfirmDialog>
    </section>
  )
}
