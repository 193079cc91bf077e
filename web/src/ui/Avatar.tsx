/** A person: a circle with a picture or the end of the name. A group: a rounded square. */
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
}

export function Avatar({ name, colour = 8, src, size = 40, presence }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const hasPicture = typeof src === 'string' && src !== broken
  return (
    <span className={styles.avatar} style={{ inlineSize: size, blockSize: size }}>
      {hasPicture ? (
        <img className={styles.picture} src={src} alt="" width={size} height={size} loading="lazy" decoding="async" onError={() => setBroken(src)} />
      ) : (
        <span className={styles.text} data-unknown={name === '' || undefined} data-colour={colour} style={{ fontSize: textSize(size) }} aria-hidden="true">
          {personInitials(name, size >= 32)}
        </span>
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

interface GroupAvatarProps {
  name: string
  colour?: number
  size?: number
}

export function GroupAvatar({ name, colour = 1, size = 40 }: GroupAvatarProps) {
  return (
    <span className={styles.group} data-colour={colour} style={{ inlineSize: size, blockSize: size, fontSize: textSize(size) + 1 }} aria-hidden="true">
      {groupInitials(name)}
    </span>
  )
}

function textSize(size: number) {
  if (size >= 80) return 28
  if (size >= 48) return 18
  if (size >= 36) return 13
  return size >= 32 ? 12 : 11
}
