/** Sound and film play where they stand; nothing is fetched but their beginning until somebody presses play. */
import { useQuery } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { addressesOf, type FilePlace } from './addresses'
import { FileCard } from './FileCard'
import { boxOf } from './shape'
import type { FileRef } from './types'
import { useVisible } from './useVisible'
import styles from './MediaPlayer.module.css'

interface Props {
  file: FileRef
  place: FilePlace
  keptUntil: string
}

export function MediaPlayer({ file, place, keptUntil }: Props) {
  const [ref, isVisible] = useVisible<HTMLDivElement>()
  const query = useQuery({ ...addressesOf(place), enabled: isVisible })
  const [source, setSource] = useState<string | undefined>(undefined)
  const [resume, setResume] = useState<{ at: number; plays: boolean } | null>(null)
  const [isUnplayable, setUnplayable] = useState(false)
  if (source === undefined && query.data) setSource(query.data.content)
  /** The address has expired while it played: the same place under a fresh one. What fails again cannot be played. */
  const fail = async ({ currentTarget }: SyntheticEvent<HTMLMediaElement>) => {
    if (resume !== null || currentTarget.error?.code === MediaError.MEDIA_ERR_DECODE) return setUnplayable(true)
    setResume({ at: currentTarget.currentTime, plays: !currentTarget.paused })
    const { data } = await query.refetch()
    if (data) setSource(data.content)
    else setUnplayable(true)
  }
  const begin = ({ currentTarget }: SyntheticEvent<HTMLMediaElement>) => {
    if (!resume) return
    currentTarget.currentTime = resume.at
    if (resume.plays) void currentTarget.play().catch(() => undefined)
    setResume(null)
  }
  const shared = { src: source, controls: true, preload: 'metadata', 'aria-label': file.name, onError: fail, onLoadedMetadata: begin } as const
  const shape = file.width && file.height ? boxOf(file) : { width: 320, height: 180 }
  return (
    <div ref={ref} className={styles.player}>
      {/* oxlint-disable jsx-a11y/media-has-caption -- what people send each other has none */}
      {!isUnplayable && file.kind === 'audio' && <audio className={styles.sound} {...shared} />}
      {!isUnplayable && file.kind === 'video' && (
        <video className={styles.film} style={{ inlineSize: shape.width, aspectRatio: String(shape.width / shape.height) }} poster={query.data?.thumbnail ?? undefined} playsInline {...shared} />
      )}
      {/* oxlint-enable jsx-a11y/media-has-caption */}
      <FileCard file={file} place={place} keptUntil={keptUntil} />
    </div>
  )
}
