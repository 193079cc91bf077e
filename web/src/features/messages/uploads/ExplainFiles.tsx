/** Said once, before the gallery or the storage of a device is opened the first time (IM-11, PERM-01, PERM-06). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, FileWarning, ImageDown, MapPinOff, Timer } from 'lucide-react'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Icon } from '~/ui/Icon'
import type { Entry } from '../engine/entry'
import { useKeptFor } from '../keptFor'
import styles from './ExplainFiles.module.css'

interface Props {
  entry: Entry
  onAgree: () => void
  onClose: () => void
}

export function ExplainFiles({ entry, onAgree, onClose }: Props) {
  const { t } = useLingui()
  const kept = useKeptFor(entry.conversation.kept_days)
  return (
    <Dialog
      title={t`Before you choose files`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button variant="primary" onPress={onAgree} autoFocus>{t`Choose files`}</Button>
        </>
      }
    >
      <ul className={styles.points}>
        <li><Icon icon={ImageDown} /><span><Trans>Your device opens its own chooser. Tulou gets only what you pick, and sees nothing else of your pictures and files.</Trans></span></li>
        <li><Icon icon={MapPinOff} /><span><Trans>Place, time and camera are removed from pictures before anybody sees them (JPEG, PNG, WebP, GIF, HEIC, AVIF; from TIFF the place).</Trans></span></li>
        <li><Icon icon={FileWarning} /><span><Trans>Documents, films, sounds, pictures over 64 MiB and pictures that cannot be read stay as they are: what your device or program wrote into them goes along.</Trans></span></li>
        <li><Icon icon={Eye} /><span>{entry.conversation.kind === 'group' ? t`Only the members of this conversation see them.` : t`Only the two of you see them.`}</span></li>
        <li><Icon icon={Timer} /><span><Trans>On your organisation’s server, encrypted, {kept}, like the messages here.</Trans></span></li>
      </ul>
    </Dialog>
  )
}
