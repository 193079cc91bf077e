/** This group's data: who sees it, how long it is kept, where, and what newcomers can read. Read from the policy. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Button as Plain } from 'react-aria-components'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Conversation } from '~/api/types'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Icon } from '~/ui/Icon'
import { RadioCards } from '~/ui/RadioCards'
import { changeConversation } from '../queries'
import { useChange } from './useChange'
import styles from './GroupPanel.module.css'

export function DataCard({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const [isChanging, setChanging] = useState(false)
  const { kept_days: days, member_count: count, history } = conversation
  return (
    <section className={styles.card}>
      <h3>
        <Icon icon={ShieldCheck} size={15} />
        <Trans>This group’s data</Trans>
      </h3>
      <dl>
        <dt>{t`Who sees it`}</dt>
        <dd><Plural value={count} one="Only its one member" other="Only its # members" /></dd>
        <dt>{t`Kept`}</dt>
        <dd><Plural value={days} one="Each message # day, then deleted" other="Each message # days, then deleted" /></dd>
        <dt>{t`Stored`}</dt>
        <dd>{t`On your organisation’s server, encrypted`}</dd>
        <dt>{t`Newcomers`}</dt>
        <dd>{history === 'all' ? t`Can read everything that is kept` : t`Can read from when they join`}</dd>
      </dl>
      {conversation.can.rename && (
        <div className={styles.change}>
          <Plain className={styles.more} onPress={() => setChanging(true)}>{t`Change what newcomers can read`}</Plain>
        </div>
      )}
      <div className={styles.change}><AskAdministrator look="link" topic="keeping" /></div>
      {isChanging && <HistoryDialog conversation={conversation} onClose={() => setChanging(false)} />}
    </section>
  )
}

type History = Conversation['history']
const valuesOf = ({ history }: Conversation): { history: History } => ({ history })

function HistoryDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui()
  const form = useForm(valuesOf(conversation))
  const { history } = form.values
  const { before, isOthers, take } = useTheirs(conversation, valuesOf, form)
  const change = useChange(conversation.id)
  const textOf = useProblemText()
  const titles: Record<History, string> = { joining: t`From when they join`, all: t`Everything that is kept` }
  const lines = differing([{ id: 'history', label: t`People added from now on can read`, value: titles[conversation.history], was: before.history, is: conversation.history }])
  const save = async () => {
    if (await change.run(() => changeConversation(conversation, { history }))) onClose()
  }
  return (
    <Dialog
      title={t`What newcomers can read`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" isPending={change.isPending} isDisabled={history === conversation.history} onPress={() => void save()}>{t`Save`}</Button>
        </>
      }
    >
      {change.error !== null && <Banner tone="bad" isAlert>{textOf(change.error)}</Banner>}
      {isOthers && (lines.length > 0 || hasStatus(change.error, 412)) && <TheirChanges lines={lines} onTake={take} />}
      <RadioCards<History>
        label={t`People added from now on can read`}
        value={history}
        onChange={(chosen) => form.set('history', chosen)}
        columns={2}
        cards={[
          { id: 'joining', title: titles.joining, detail: t`What was said before stays among those who were there.` },
          { id: 'all', title: titles.all, detail: t`For projects where people come and go.` },
        ]}
        description={t`The group is told. Those who are in it already keep what they can read.`}
      />
    </Dialog>
  )
}
