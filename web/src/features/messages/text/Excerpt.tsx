/** A line of somebody's words. Nothing comes between an @ and the name after it. */
import { Fragment } from 'react'
import styles from './MessageText.module.css'

export function Excerpt({ text }: { text: string }) {
  return text.split(/(@[^\s@]+)/).map((part, place) =>
    part.startsWith('@') ? (
      <bdi key={place} className={styles.called}>
        {part}
      </bdi>
    ) : (
      <Fragment key={place}>{part}</Fragment>
    ),
  )
}
