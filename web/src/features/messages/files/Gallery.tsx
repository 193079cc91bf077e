/** One picture, large: walked through and enlarged by keys, wheel, fingers or buttons. Everything closes it by Escape. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Download, MessageSquareShare, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { BackCloses } from '~/ui/BackCloses'
import { IconButton } from '~/ui/IconButton'
import { Name } from '../names'
import { useTimes } from '../times'
import { addressesOf } from './addresses'
import { useDownload } from './FileCard'
import { FileName } from './FileName'
import type { GalleryItem } from './GalleryProvider'
import { KeptUntil } from './KeptUntil'
import { type FileRef, isShown } from './types'
import { useUnshown } from './unshown'
import { useZoom } from './useZoom'
import type { Size } from './zoom'
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
        <Shown item={item} index={index} total={items.length} onGo={go} onClose={onClose} onJump={onJump} />
      </Modal>
    </ModalOverlay>
  )
}

interface ShownProps {
  item: GalleryItem
  index: number
  total: number
  onGo: (by: number) => void
  onClose: () => void
  onJump: (seq: number, conversation: string) => void
}

function Shown({ item, index, total, onGo, onClose, onJump }: ShownProps) {
  const { t, i18n } = useLingui()
  const stage = useRef<HTMLDivElement>(null)
  // Only what is shown changes: the dialog stays, and with it the focus.
  const zoom = useZoom(stage, index, sharpSize(item.file), (swipe) => (swipe === 'close' ? onClose() : onGo(swipe === 'next' ? 1 : -1)))
  const download = useDownload()
  const { file, place } = item
  const unshown = useUnshown().of(file)
  const [position, count] = [i18n.number(index + 1), i18n.number(total)]
  const press = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const acts: Record<string, () => void> = {
      ArrowRight: () => onGo(1), ArrowLeft: () => onGo(-1), Home: () => onGo(-total), End: () => onGo(total),
      '+': () => zoom.zoom(STEP), '=': () => zoom.zoom(STEP), '-': () => zoom.zoom(1 / STEP), '0': zoom.reset,
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <Dialog className={styles.dialog} aria-label={t`Picture ${position} of ${count}: ${file.name}`}>
      <BackCloses />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the dialog's own keys; every one has a button too */}
      <div className={styles.keys} onKeyDown={press}>
        <header className={styles.head}>
          <Caption item={item} />
          <span className={styles.position} aria-live="polite"><Trans>{position} of {count}</Trans></span>
          <IconButton icon={ZoomOut} tone="wall" label={t`Smaller`} keys="-" isDisabled={unshown !== null || zoom.view.scale <= 1} onPress={() => zoom.zoom(1 / STEP)} />
          <IconButton icon={ZoomIn} tone="wall" label={t`Larger`} keys="+" isDisabled={unshown !== null} onPress={() => zoom.zoom(STEP)} />
          <IconButton icon={MessageSquareShare} tone="wall" label={t`Show in the conversation`} onPress={() => onJump(place.seq, place.conversation)} />
          <IconButton icon={Download} tone="wall" label={t`Download ${file.name}`} onPress={() => void download(place, file.name)} />
          <IconButton icon={X} tone="wall" label={t`Close`} keys="Esc" onPress={onClose} autoFocus />
        </header>
        <div ref={stage} className={styles.stage} data-zoomed={zoom.view.scale > 1 || undefined} {...zoom.handlers}>
          {unshown !== null && <p className={styles.gone}>{unshown}</p>}
          {isShown(file) && <Large key={`${place.seq} ${file.id}`} item={item} style={{ transform: `translate(${zoom.view.x + zoom.drag}px, ${zoom.view.y}px) scale(${zoom.view.scale})` }} />}
        </div>
        {index > 0 && <span className={styles.before}><IconButton icon={ChevronLeft} tone="wall" size="touch" label={t`Previous picture`} keys="←" onPress={() => onGo(-1)} /></span>}
        {index < total - 1 && <span className={styles.after}><IconButton icon={ChevronRight} tone="wall" size="touch" label={t`Next picture`} keys="→" onPress={() => onGo(1)} /></span>}
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

/** How large a picture is drawn at most: one of its pixels on one of the screen's. */
function sharpSize({ width, height }: Pick<FileRef, 'width' | 'height'>): Size | null {
  const ratio = globalThis.devicePixelRatio || 1
  return width && height ? { width: width / ratio, height: height / ratio } : null
}

/** The thumbnail until the picture itself is there; why not, if it cannot come. */
function Large({ item, style }: { item: GalleryItem; style: { transform: string } }) {
  const { t } = useLingui()
  const { file } = item
  const [seen, setSeen] = useState<Pick<FileRef, 'width' | 'height'>>(file)
  const most = sharpSize(seen)
  const box = { ...style, ...(most && { maxInlineSize: most.width, maxBlockSize: most.height }) }
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
  const arrive = ({ naturalWidth, naturalHeight }: HTMLImageElement) => {
    // What it really is, turned as it was taken.
    setSeen({ width: naturalWidth, height: naturalHeight })
    setLoaded(true)
  }
  if (failures > 1 || (isError && source === null)) return <p className={styles.gone} role="alert">{t`This picture could not be loaded. It may have been recalled, or the network is away.`}</p>
  return (
    <>
      {!isLoaded && data?.thumbnail && <img className={styles.picture} src={data.thumbnail} alt="" draggable={false} style={box} />}
      {source !== null && <img className={styles.picture} src={source} alt={file.name} draggable={false} style={box} onLoad={(event) => arrive(event.currentTarget)} onError={fail} />}
    </>
  )
}
