/**
 * A person: a circle with a picture or the end of the name. A group: a rounded square. What is drawn in them is a picture of
 * the name that stands beside them: the stylesheet writes it, so that it is no part of what a link or a button is called.
 */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { groupInitials, personInitials } from '~/lib/names'
import styles from './Avatar.module.css'

export type PresenceState = 'active' | 'away' | 'offline'

interface AvatarProps {
  name: string
  colour?: number
  src?: string | null | undefined
  size?: number
  presence?: PresenceState | undefined
  /** Somebody outside: drawn with a dashed ring. */
  isExternal?: boolean
}

export function Avatar({ name, colour = 8, src, size = 40, presence, isExternal }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const hasPicture = typeof src === 'string' && src !== broken
  return (
    <span className={styles.avatar} data-external={isExternal || undefined} style={{ inlineSize: size, blockSize: size }}>
      {hasPicture ? (
        <img className={styles.picture} src={src} alt="" width={size} height={size} loading="lazy" decoding="async" onError={() => setBroken(src)} />
      ) : (
        <span className={styles.text} data-unknown={name === '' || undefined} data-colour={colour} data-drawn={personInitials(name, size >= 32)} style={{ fontSize: textSize(size) }} aria-hidden="true" />
      )}
      {presence && <Presence state={presence} size={size} />}
    </span>
  )
}

function Presence({ state, size }: { state: PresenceState; size: number }) {
  const { t } = useLingui()
  const words = { active: t`online`, away: t`away`, offline: t`offline` }
  const place = size * 0.146 - 6
  return (
    <span className={styles.presence} data-state={state} style={{ insetInlineEnd: place, insetBlockEnd: place }}>
      <span className="hidden-visually">{words[state]}</span>
    </span>
  )
}

/** One of the people a group's picture is made of; without a name it is a place kept free. */
export interface Face {
  id: string
  name: string
  colour: number
  src: string | null
}

interface GroupAvatarProps {
  name: string
  colour?: number
  size?: number
  /** Its people, nine at most; without them it is drawn from its name. */
  faces?: readonly Face[]
}

/** Three in a row need this much room to be told apart. */
const ROOM_FOR_NINE = 44

export function GroupAvatar({ name, colour = 1, size = 40, faces = [] }: GroupAvatarProps) {
  if (faces.length > 1) return <Mosaic faces={faces} size={size} />
  return (
    <span className={styles.group} data-colour={colour} data-drawn={groupInitials(name)} style={{ inlineSize: size, blockSize: size, fontSize: textSize(size) + 1 }} aria-hidden="true" />
  )
}

function Mosaic({ faces, size }: { faces: readonly Face[]; size: number }) {
  const across = faces.length > 4 && size >= ROOM_FOR_NINE ? 3 : 2
  const tile = Math.floor((size - 4 - (across - 1)) / across)
  return (
    <span className={styles.mosaic} data-across={across} style={{ inlineSize: size, blockSize: size }} aria-hidden="true">
      {faces.slice(0, across * across).map((face) => (
        <Tile key={face.id} face={face} size={tile} />
      ))}
    </span>
  )
}

function Tile({ face, size }: { face: Face; size: number }) {
  const [isBroken, setBroken] = useState(false)
  const style = { inlineSize: size, blockSize: size }
  if (face.src !== null && !isBroken) return <img className={styles.tile} src={face.src} alt="" style={style} loading="lazy" decoding="async" onError={() => setBroken(true)} />
  return (
    <span className={styles.tile} data-unknown={face.name === '' || undefined} data-colour={face.colour} data-drawn={personInitials(face.name, false)} style={{ ...style, fontSize: Math.max(8, Math.round(size * 0.58)) }} />
  )
}

function textSize(size: number) {
  if (size >= 80) return 28
  if (size >= 48) return 18
  if (size >= 36) return 13
  return size >= 32 ? 12 : 11
}
