/** The two ways files of a conversation are listed: pictures as squares, everything else as rows. */
import { useLingui } from '@lingui/react/macro'
import { Download, MessageSquareShare } from 'lucide-react'
import { Button } from 'react-aria-components'
import { bytes } from '~/lib/dates'
import { IconButton } from '~/ui/IconButton'
import { Name } from '../names'
import { useTimes } from '../times'
import { useNow } from '../useNow'
import { useDownload } from './FileCard'
import { FileIcon } from './FileIcon'
import { FileName } from './FileName'
import { itemOf, useGallery } from './GalleryProvider'
import { KeptUntil } from './KeptUntil'
import { Picture } from './Picture'
import type { SentFile } from './types'
import { useUnshown } from './unshown'
import styles from './SentList.module.css'

interface Props {
  conversation: string
  items: readonly SentFile[]
  onJump: (seq: number) => void
}

export function SentPictures({ conversation, items, onJump }: Props) {
  const { t } = useLingui()
  const { openAt } = useGallery()
  const pictures = items.map((item) => itemOf(conversation, item))
  return (
    <ul className={styles.pictures}>
      {items.map(({ file, seq, addresses, kept_until }) => {
        const place = { conversation, seq, file: file.id }
        return (
          <li key={`${seq} ${file.id}`} className={styles.picture}>
            <Button className={styles.square} aria-label={t`Open ${file.name}`} onPress={() => openAt(place, pictures)}>
              <Picture file={file} place={place} known={addresses} />
            </Button>
            <span className={styles.jump}>
              <IconButton icon={MessageSquareShare} size="s" label={t`Show ${file.name} in the conversation`} onPress={() => onJump(seq)} />
            </span>
            <span className={styles.end}><KeptUntil at={kept_until} isShort /></span>
          </li>
        )
      })}
    </ul>
  )
}

export function SentRows({ conversation, items, onJump }: Props) {
  return (
    <ul className={styles.rows}>
      {items.map((item) => <Row key={`${item.seq} ${item.file.id}`} conversation={conversation} item={item} onJump={onJump} />)}
    </ul>
  )
}

function Row({ conversation, item, onJump }: { conversation: string; item: SentFile; onJump: (seq: number) => void }) {
  const { t, i18n } = useLingui()
  const { file, seq } = item
  const times = useTimes()
  const now = useNow(60_000)
  const download = useDownload()
  const unshown = useUnshown().of(file)
  return (
    <li className={styles.row}>
      <FileIcon file={file} size={28} />
      <span className={styles.words}>
        <span className={styles.name}><FileName name={file.name} /></span>
        <span className={styles.detail}>
          <Name id={item.author_id} />
          <time dateTime={item.sent_at} title={times.full(item.sent_at)}>{times.short(item.sent_at, now)}</time>
          <span>{bytes(file.size, i18n.locale)}</span>
        </span>
        <span className={styles.detail}><KeptUntil at={item.kept_until} /></span>
        {unshown !== null && <span className={styles.detail}>{unshown}</span>}
      </span>
      <IconButton icon={MessageSquareShare} size="s" label={t`Show ${file.name} in the conversation`} onPress={() => onJump(seq)} />
      <IconButton icon={Download} size="s" label={t`Download ${file.name}`} onPress={() => void download({ conversation, seq, file: file.id }, file.name)} />
    </li>
  )
}
