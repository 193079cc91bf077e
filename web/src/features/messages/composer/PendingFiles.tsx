/** The files that go with the next message: how far each one is, and the ways to take it out or try it again. */
import { useLingui } from '@lingui/react/macro'
import { RotateCw, X } from 'lucide-react'
import { bytes } from '~/lib/dates'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { IconButton } from '~/ui/IconButton'
import { useMessages } from '../context'
import { FileName } from '../files/FileName'
import { useUnshown } from '../files/unshown'
import { ChooseAgain } from '../uploads/ChooseAgain'
import { isRuled, useUploadProblem } from '../uploads/problems'
import { RingTile } from '../uploads/RingTile'
import { CHOOSE_AGAIN, STORE_AWAY, type Upload } from '../uploads/upload'
import { isFinal } from '../uploads/waits'
import styles from './PendingFiles.module.css'

export function PendingFiles({ files }: { files: readonly Upload[] }) {
  const { t } = useLingui()
  if (files.length === 0) return null
  return (
    <ul className={styles.files} aria-label={t`Files to send`}>
      {files.map((upload) => <Pending key={upload.id} upload={upload} />)}
    </ul>
  )
}

function Pending({ upload }: { upload: Upload }) {
  const { t, i18n } = useLingui()
  const { uploads } = useMessages()
  const problemOf = useUploadProblem()
  const { id, name, size, state, code } = upload
  const unshown = useUnshown().ofUpload(upload)
  const isFailed = state === 'failed'
  const problem = isFailed ? (problemOf(code ?? '') ?? t`The server did not take it.`) : null
  const detail = state === 'paused' ? (code === STORE_AWAY ? problemOf(code) : t`Waits for the connection`) : state === 'looked_at' ? t`Being checked` : bytes(size, i18n.locale)
  return (
    <li className={styles.file} data-failed={isFailed || undefined}>
      <RingTile upload={upload} />
      <span className={styles.words}>
        <span className={styles.name}><FileName name={name} /></span>
        {problem === null ? <span className={styles.detail}>{detail}</span> : <span className={styles.problem} role="alert">{problem}</span>}
        {isFailed && isRuled(code) && <AskAdministrator look="link" topic="files" />}
        {unshown !== null && <span className={styles.detail}>{unshown}</span>}
      </span>
      {isFailed && code === CHOOSE_AGAIN && <ChooseAgain id={id} name={name} />}
      {isFailed && code !== CHOOSE_AGAIN && !isFinal(code) && <IconButton icon={RotateCw} size="s" label={t`Try ${name} again`} onPress={() => uploads.retry([id])} />}
      <IconButton icon={X} size="s" label={t`Remove ${name}`} onPress={() => uploads.cancel([id])} />
    </li>
  )
}
