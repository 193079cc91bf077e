/**
 * Said once, before the gallery or the storage of a device is opened the first time, or what was dropped or pasted is taken
 * in the first time (IM-11, PERM-01, PERM-06).
 */
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
  /** The files are there already: dropped or pasted. */
  areGiven?: boolean
  onAgree: () => void
  onClose: () => void
}

export function ExplainFiles({ entry, areGiven = false, onAgree, onClose }: Props) {
  const { t } = useLingui()
  const kept = useKeptFor(entry.conversation.kept_days)
  return (
    <Dialog
      title={areGiven ? t`Before the files are taken` : t`Before you choose files`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t`Not now`}</Button>
          <Button variant="primary" onPress={onAgree} autoFocus>{areGiven ? t`Take them` : t`Choose files`}</Button>
        </>
      }
    >
      <ul className={styles.points}>
        <li><Icon icon={ImageDown} /><span>{areGiven ? <Trans>Tulou gets only these files, and sees nothing else of your pictures and files.</Trans> : <Trans>Your device opens its own chooser. Tulou gets only what you pick, and sees nothing else of your pictures and files.</Trans>}</span></li>
        <li><Icon icon={MapPinOff} /><span><Trans>Place, time and camera are removed from pictures before anybody sees them (JPEG, PNG, WebP, GIF, HEIC, AVIF; from TIFF the place).</Trans></span></li>
        <li><Icon icon={FileWarning} /><span><Trans>Documents, films, sounds, pictures over 64 MiB and pictures that cannot be read stay as they are: what your device or program wrote into them goes along.</Trans></span></li>
        <li><Icon icon={Eye} /><span>{entry.conversation.kind === 'group' ? t`Only the members of this conversation see them.` : t`Only the two of you see them.`}</span></li>
        <li><Icon icon={Timer} /><span><Trans>On your organisation’s server, encrypted, {kept}, like the messages here.</Trans></span></li>
      </ul>
    </Dialog>
  )
}
