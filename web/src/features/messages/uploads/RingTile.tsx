/** One upload as a small picture or icon, with the ring of its progress over it. */
import { useLingui } from '@lingui/react/macro'
import { CircleAlert, WifiOff } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { RingProgress } from '~/ui/RingProgress'
import { FileIcon } from '../files/FileIcon'
import { progress, type Upload } from './upload'
import styles from './RingTile.module.css'

export function RingTile({ upload }: { upload: Upload }) {
  return (
    <span className={styles.tile} data-state={upload.state}>
      {upload.preview === undefined ? <FileIcon file={upload} /> : <img className={styles.picture} src={upload.preview} alt="" draggable={false} />}
      <UploadRing upload={upload} />
    </span>
  )
}

/** Nothing once it is there. */
export function UploadRing({ upload, size = 26 }: { upload: Upload; size?: number }) {
  const { t } = useLingui()
  const { state, name } = upload
  if (state === 'ready') return null
  if (state === 'failed') return <span className={styles.over} data-bad><Icon icon={CircleAlert} size={19} label={t`${name} was not sent`} /></span>
  if (state === 'paused') return <span className={styles.over}><Icon icon={WifiOff} size={17} label={t`${name} goes on when the connection is back`} /></span>
  const done = state === 'looked_at' ? undefined : progress([upload])
  return <span className={styles.over}><RingProgress label={t`Sending ${name}`} size={size} {...(done !== undefined && { value: done })} /></span>
}
