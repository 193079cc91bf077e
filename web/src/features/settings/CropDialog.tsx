/** Cuts a picture to the square that will be shown round: drag or arrow keys to move, slider to zoom. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { cropOf, drawCrop, type CropPlace } from './crop'
import styles from './settings.module.css'

const SIDE = 256
const SHOWN = 640
const STEP = 0.04

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
  const nudges: Record<string, [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }

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
          tabIndex={0}
          role="application"
          aria-label={t`Picture. Move it with the arrow keys.`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            grip.current = { x: event.clientX, y: event.clientY }
          }}
          onPointerMove={drag}
          onPointerUp={() => {
            grip.current = null
          }}
          onKeyDown={(event) => {
            const nudge = nudges[event.key]
            if (!nudge) return
            event.preventDefault()
            move(...nudge)
          }}
        />
        <input
          type="range"
          className={styles.zoom}
          min={1}
          max={4}
          step={0.05}
          value={place.zoom}
          aria-label={t`Zoom`}
          onChange={(event) => setPlace((before) => cropOf(picture, { ...before, zoom: Number(event.target.value) }))}
        />
      </div>
    </Dialog>
  )
}
