/** The round house seen from above, some rooms lit. Only a picture: it says nothing that is not said in words. */
import styles from './RingHero.module.css'

const CENTRE = 520
/** Outer and inner radius, number of rooms, and which of them are lit, warm or dim. The gate is at the bottom. */
const RINGS = [
  { outer: 494, inner: 418, rooms: 56, lit: [30, 37], warm: [34, 41], dim: [27, 29, 32, 35, 38, 43] },
  { outer: 402, inner: 330, rooms: 44, lit: [29], warm: [25, 32], dim: [23, 27, 30, 34, 36] },
  { outer: 306, inner: 240, rooms: 28, lit: [15], warm: [19], dim: [14, 17, 21, 23] },
  { outer: 216, inner: 160, rooms: 16, lit: [12], warm: [9], dim: [8, 11, 13] },
]

function room(outer: number, inner: number, slot: number, rooms: number) {
  const gap = 2.6
  const at = (radius: number, side: number) => {
    const angle = ((slot + side) / rooms) * Math.PI * 2 + ((side === 0 ? 1 : -1) * gap) / radius
    return `${(CENTRE + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE + radius * Math.sin(angle)).toFixed(1)}`
  }
  return `M${at(inner, 0)}L${at(outer, 0)}A${outer} ${outer} 0 0 1 ${at(outer, 1)}L${at(inner, 1)}A${inner} ${inner} 0 0 0 ${at(inner, 0)}Z`
}

function tone(ring: (typeof RINGS)[number], slot: number) {
  if (ring.lit.includes(slot)) return styles.lit
  if (ring.warm.includes(slot)) return styles.warm
  return ring.dim.includes(slot) ? styles.dim : styles.room
}

export function RingHero() {
  return (
    <svg className={styles.plan} viewBox="0 0 1040 1040" aria-hidden="true">
      <circle className={styles.wall} cx={CENTRE} cy={CENTRE} r="507" />
      {RINGS.map((ring) =>
        Array.from({ length: ring.rooms }, (_, slot) => slot)
          .filter((slot) => slot !== ring.rooms / 4 && slot !== ring.rooms / 4 - 1)
          .map((slot) => <path key={`${ring.outer}-${slot}`} className={tone(ring, slot)} d={room(ring.outer, ring.inner, slot, ring.rooms)} />),
      )}
      <circle className={styles.hall} cx={CENTRE} cy={CENTRE} r="96" />
      <circle className={styles.hall} cx={CENTRE} cy={CENTRE} r="52" />
      <circle className={styles.hearth} cx={CENTRE} cy={CENTRE} r="15" />
    </svg>
  )
}
