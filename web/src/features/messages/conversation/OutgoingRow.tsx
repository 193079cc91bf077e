/** An own message that is not stored yet: leaving, waiting for the network, or refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, ClockArrowUp, LoaderCircle } from 'lucide-react'
import { useProblemText } from '~/api/problems'
import { ApiError } from '~/api/error'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { useLiveState } from '~/shell/live'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { useChat, useMessages } from '../context'
import { NOT_IN_IT, type Outgoing, queuePosition, TOO_OLD, waitsForFiles } from '../engine/outbox'
import { ChooseAgain } from '../uploads/ChooseAgain'
import { isRuled, useUploadProblem } from '../uploads/problems'
import { CHOOSE_AGAIN, progress } from '../uploads/upload'
import { TextBubble } from './Bubble'
import { OutgoingFiles, useOutgoingFiles } from './OutgoingFiles'
import styles from './OutgoingRow.module.css'

/** The socket says why in a word; the words people read are found by the status the API would give. */
const statuses: Readonly<Record<string, number>> = { forbidden: 403, not_found: 404, invalid: 422, too_large: 413, rate_limited: 429 }

/** An answer normally comes before anybody could read that one is awaited. */
export function OutgoingRow({ item, isFirst }: { item: Outgoing; isFirst: boolean }) {
  const { me } = useMessages()
  const { status } = useLiveState()
  const isWaiting = item.state === 'queued' && status !== 'online'
  const uploads = useOutgoingFiles(item)
  return (
    <div className={styles.row} data-first={isFirst || undefined} data-files={uploads.length > 0 || undefined}>
      <TextBubble body={item.body} isMine me={me} state={isWaiting ? 'queued' : item.state === 'failed' ? 'failed' : 'sending'}>
        {uploads.length > 0 && <OutgoingFiles uploads={uploads} />}
      </TextBubble>
      {item.state === 'failed' ? <Failed item={item} /> : isWaiting ? <Queued item={item} share={waitsForFiles(item) ? progress(uploads) : 0} /> : waitsForFiles(item) ? <Uploading item={item} share={progress(uploads)} /> : <Sending />}
    </div>
  )
}

function Sending() {
  return (
    <span className={styles.sending}>
      <Icon icon={LoaderCircle} size={13} />
      <Trans>Sending</Trans>
    </span>
  )
}

function usePercent(share: number): string {
  const { i18n } = useLingui()
  return new Intl.NumberFormat(i18n.locale, { style: 'percent' }).format(share)
}

/** Its files are under way; it can be taken back as long as they are. */
function Uploading({ item, share }: { item: Outgoing; share: number }) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const percent = usePercent(share)
  return (
    <span className={styles.uploading}>
      <Trans>Sending, {percent}</Trans>
      <Button size="s" variant="ghost" onPress={() => engine.sender.drop(item.client_id)}>{t`Cancel`}</Button>
    </span>
  )
}

/**
 * Without a network it can be taken back, unless it went out before and may have arrived. How much of its files is there
 * already stays said: they go on from that.
 */
function Queued({ item, share }: { item: Outgoing; share: number }) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const place = useChat((state) => queuePosition(state.outbox, item.client_id))
  const percent = usePercent(share)
  const words = place <= 1 ? <Trans>Will send when online</Trans> : <Trans>Number {place} in the queue</Trans>
  return (
    <span className={styles.queued}>
      <Icon icon={ClockArrowUp} size={13} />
      {share > 0 ? <Trans>{percent} sent, goes on when online</Trans> : words}
      {!item.has_left && <Button size="s" variant="ghost" onPress={() => engine.sender.drop(item.client_id)}>{t`Cancel`}</Button>}
    </span>
  )
}

function Failed({ item }: { item: Outgoing }) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const textOf = useProblemText()
  const problemOf = useUploadProblem()
  const lost = useOutgoingFiles(item).filter((upload) => upload.code === CHOOSE_AGAIN)[0]
  const code = item.code ?? 'internal'
  const known: Readonly<Record<string, string>> = { [TOO_OLD]: t`It waited for more than six days.`, [NOT_IN_IT]: t`You were no longer in this conversation.` }
  const why = known[code] ?? (problemOf(code) ?? textOf(new ApiError({ status: statuses[code] ?? 500, code })))
  return (
    <div className={styles.failed} role="alert">
      <span className={styles.why}>
        <Icon icon={CircleAlert} size={13} />
        <span><Trans>Not sent.</Trans> {why}</span>
      </span>
      {isRuled(code) && <AskAdministrator look="link" topic="files" />}
      <Button size="s" variant="ghost" onPress={() => engine.sender.drop(item.client_id)}>{t`Delete`}</Button>
      {lost ? (
        <ChooseAgain id={lost.id} name={lost.name} onChosen={() => engine.sender.retry(item.client_id)} />
      ) : (
        <Button size="s" variant="soft" onPress={() => engine.sender.retry(item.client_id)}>{t`Try again`}</Button>
      )}
    </div>
  )
}
