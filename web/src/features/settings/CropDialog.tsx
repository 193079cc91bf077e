/** Cuts a picture to the square that will be shown round: moved by dragging or by sliders. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { cropOf, drawCrop, type CropPlace } from './crop'
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
  const grip = useRef<{ x: number; y: number } | null>(null)

  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, place)
  }, [picture, place])

  const move = (x: number, y: number) => setPlace((before) => cropOf(picture, { ...before, x: before.x + x, y: before.y + y }))
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!grip.current) return
    const width = event.currentTarget.clientWidth * place.zoom
    move((grip.current.x - event.clientX) / width, (grip.current.y - event.clientY) / width)
    grip.current = { x: event.clientX, y: event.clientY }
  }

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
            grip.current = { x: event.clientX, y: event.clientY }
          }}
          onPointerMove={drag}
          onPointerUp={() => {
            grip.current = null
          }}
        />
        <Slide label={t`Left and right`} value={place.x} min={0} max={1} onChange={(x) => setPlace((before) => cropOf(picture, { ...before, x }))} />
        <Slide label={t`Up and down`} value={place.y} min={0} max={1} onChange={(y) => setPlace((before) => cropOf(picture, { ...before, y }))} />
        <Slide label={t`Zoom`} value={place.zoom} min={1} max={4} onChange={(zoom) => setPlace((before) => cropOf(picture, { ...before, zoom }))} />
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
      <input type="range" min={min} max={max} step={0.01} value={value} onChange={(event) => onChange(Number(event.target.value))} />
    </label>
  )
}
