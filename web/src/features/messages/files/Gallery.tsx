/** One picture, large: walked through and enlarged by keys, wheel, fingers or buttons. Everything closes it by Escape. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Download, MessageSquareShare, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from '~/ui/IconButton'
import { Name } from '../names'
import { useTimes } from '../times'
import { addressesOf } from './addresses'
import { useDownload } from './FileCard'
import { FileName } from './FileName'
import type { GalleryItem } from './GalleryProvider'
import { KeptUntil } from './KeptUntil'
import { useZoom } from './useZoom'
import styles from './Gallery.module.css'

interface Props {
  items: readonly GalleryItem[]
  start: number
  onClose: () => void
  onJump: (seq: number, conversation: string) => void
}

const STEP = 1.5

export function Gallery({ items, start, onClose, onJump }: Props) {
  const [index, setIndex] = useState(start)
  const item = items[index]
  if (!item) return null
  const go = (by: number) => setIndex((held) => Math.min(items.length - 1, Math.max(0, held + by)))
  return (
    <ModalOverlay isOpen onOpenChange={onClose} className={styles.scrim}>
      <Modal className={styles.modal}>
        <Shown item={item} index={index} count={items.length} onGo={go} onClose={onClose} onJump={onJump} />
      </Modal>
    </ModalOverlay>
  )
}

interface ShownProps {
  item: GalleryItem
  index: number
  count: number
  onGo: (by: number) => void
  onClose: () => void
  onJump: (seq: number, conversation: string) => void
}

function Shown({ item, index, count, onGo, onClose, onJump }: ShownProps) {
  const { t } = useLingui()
  const stage = useRef<HTMLDivElement>(null)
  // Only what is shown changes: the dialog stays, and with it the focus.
  const zoom = useZoom(stage, index, (swipe) => (swipe === 'close' ? onClose() : onGo(swipe === 'next' ? 1 : -1)))
  const download = useDownload()
  const { file, place } = item
  const position = index + 1
  const press = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const acts: Record<string, () => void> = {
      ArrowRight: () => onGo(1), ArrowLeft: () => onGo(-1), Home: () => onGo(-count), End: () => onGo(count),
      '+': () => zoom.zoom(STEP), '=': () => zoom.zoom(STEP), '-': () => zoom.zoom(1 / STEP), '0': zoom.reset,
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <Dialog className={styles.dialog} aria-label={t`Picture ${position} of ${count}: ${file.name}`}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the dialog's own keys; every one has a button too */}
      <div className={styles.keys} onKeyDown={press}>
        <header className={styles.head}>
          <Caption item={item} />
          <span className={styles.position} aria-live="polite"><Trans>{position} of {count}</Trans></span>
          <IconButton icon={ZoomOut} tone="wall" label={t`Smaller`} keys="-" isDisabled={zoom.view.scale <= 1} onPress={() => zoom.zoom(1 / STEP)} />
          <IconButton icon={ZoomIn} tone="wall" label={t`Larger`} keys="+" onPress={() => zoom.zoom(STEP)} />
          <IconButton icon={MessageSquareShare} tone="wall" label={t`Show in the conversation`} onPress={() => onJump(place.seq, place.conversation)} />
          <IconButton icon={Download} tone="wall" label={t`Download ${file.name}`} onPress={() => void download(place, file.name)} />
          <IconButton icon={X} tone="wall" label={t`Close`} keys="Esc" onPress={onClose} autoFocus />
        </header>
        <div ref={stage} className={styles.stage} data-zoomed={zoom.view.scale > 1 || undefined} {...zoom.handlers}>
          <Large key={`${place.seq} ${file.id}`} item={item} style={{ transform: `translate(${zoom.view.x + zoom.drag}px, ${zoom.view.y}px) scale(${zoom.view.scale})` }} />
        </div>
        {index > 0 && <span className={styles.before}><IconButton icon={ChevronLeft} tone="wall" size="touch" label={t`Previous picture`} keys="←" onPress={() => onGo(-1)} /></span>}
        {index < count - 1 && <span className={styles.after}><IconButton icon={ChevronRight} tone="wall" size="touch" label={t`Next picture`} keys="→" onPress={() => onGo(1)} /></span>}
      </div>
    </Dialog>
  )
}

function Caption({ item }: { item: GalleryItem }) {
  const times = useTimes()
  return (
    <div className={styles.words}>
      <FileName name={item.file.name} />
      <span className={styles.detail}>
        <span><Name id={item.author_id} /> · <time dateTime={item.sent_at}>{times.full(item.sent_at)}</time></span>
        <KeptUntil at={item.kept_until} />
      </span>
    </div>
  )
}

/** The thumbnail until the picture itself is there; why not, if it cannot come. */
function Large({ item, style }: { item: GalleryItem; style: { transform: string } }) {
  const { t } = useLingui()
  const { file } = item
  const { data, isError, refetch } = useQuery(addressesOf(item.place))
  const [source, setSource] = useState<string | null>(null)
  const [failures, setFailures] = useState(0)
  const [isLoaded, setLoaded] = useState(false)
  if (source === null && data && failures < 2) setSource(data.content)
  const fail = () => {
    setFailures((held) => held + 1)
    setSource(null)
    void refetch()
  }
  if (failures > 1 || (isError && source === null)) return <p className={styles.gone} role="alert">{t`This picture could not be loaded. It may have been recalled, or the network is away.`}</p>
  return (
    <>
      {!isLoaded && data?.thumbnail && <img className={styles.picture} src={data.thumbnail} alt="" draggable={false} style={style} />}
      {source !== null && <img className={styles.picture} src={source} alt={file.name} draggable={false} style={style} onLoad={() => setLoaded(true)} onError={fail} />}
    </>
  )
}
