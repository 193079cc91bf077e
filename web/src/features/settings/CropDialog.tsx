/** Cuts a picture to the square that will be shown round: moved by mouse, finger or sliders, enlarged by two fingers or a slider. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { cropOf, drawCrop, MOST_ZOOM, roomOf, type CropPlace } from './crop'
import styles from './settings.module.css'

const SIDE = 256
const SHOWN = 640

interface Props {
  picture: ImageBitmap
  isPending: boolean
  onCancel: () => void
  onDone: (picture: Blob) => void
}

export function CropDialog({ picture, isPending, onCancel, onDone }: Props) {
  const { t } = useLingui()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [place, setPlace] = useState<CropPlace>({ x: 0.5, y: 0.5, zoom: 1 })
  const fingers = useRef(new Map<number, { x: number; y: number }>())

  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, place)
  }, [picture, place])

  const change = (by: (before: CropPlace) => CropPlace) => setPlace((before) => cropOf(picture, by(before)))
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = fingers.current.get(event.pointerId)
    if (!from) return
    const to = { x: event.clientX, y: event.clientY }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, to)
    if (other) {
      const spread = Math.hypot(to.x - other.x, to.y - other.y) / Math.max(1, Math.hypot(from.x - other.x, from.y - other.y))
      return change((before) => ({ ...before, zoom: before.zoom * spread }))
    }
    const width = event.currentTarget.clientWidth
    change((before) => ({ ...before, x: before.x + (from.x - to.x) / width / before.zoom, y: before.y + (from.y - to.y) / width / before.zoom }))
  }
  const lift = (event: PointerEvent<HTMLCanvasElement>) => fingers.current.delete(event.pointerId)
  const room = roomOf(picture, place.zoom)

  const finish = () => {
    const small = document.createElement('canvas')
    small.width = SIDE
    small.height = SIDE
    drawCrop(small, picture, place)
    small.toBlob((blob) => blob && onDone(blob), 'image/webp', 0.86)
  }

  return (
    <Dialog
      title={t`Cut the picture`}
      isOpen
      onOpenChange={onCancel}
      footer={
        <>
          <Button onPress={onCancel}><Trans>Cancel</Trans></Button>
          <Button variant="primary" isPending={isPending} onPress={finish}><Trans>Use this picture</Trans></Button>
        </>
      }
    >
      <div className={styles.crop}>
        <canvas
          ref={canvas}
          width={SHOWN}
          height={SHOWN}
          className={styles.canvas}
          aria-hidden="true"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
          }}
          onPointerMove={drag}
          onPointerUp={lift}
          onPointerCancel={lift}
        />
        <Slide label={t`Left and right`} value={place.x} min={0.5 - room.x} max={0.5 + room.x} onChange={(x) => change((before) => ({ ...before, x }))} />
        <Slide label={t`Up and down`} value={place.y} min={0.5 - room.y} max={0.5 + room.y} onChange={(y) => change((before) => ({ ...before, y }))} />
        <Slide label={t`Zoom`} value={place.zoom} min={1} max={MOST_ZOOM} onChange={(zoom) => change((before) => ({ ...before, zoom }))} />
      </div>
    </Dialog>
  )
}

interface SlideProps {
  label: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
}

/** The way to do it without dragging. */
function Slide({ label, value, min, max, onChange }: SlideProps) {
  return (
    <label className={styles.slide}>
      <span>{label}</span>
      <input type="range" min={min} max={max} step="any" disabled={min === max} value={value} onChange={(event) => onChange(Number(event.target.value))} />
    </label>
  )
}
