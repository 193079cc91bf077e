/** Plain text in its lines; web addresses in it can be opened. Nothing else in it means anything. */
import { Fragment } from 'react'
import { untwisted } from '~/lib/bidi'
import styles from './LinkedText.module.css'

/** An address up to the next gap or quote. */
const ADDRESS = /(https?:\/\/[^\s<>"'“”‘’「」《》（），。；、]+)/gi
/** What ends a sentence rather than an address. */
const TAIL = /[.,;:!?)\]}]+$/

export function LinkedText({ children }: { children: string }) {
  const parts = untwisted(children).split(ADDRESS)
  return (
    <div className={styles.text} dir="auto">
      {parts.map((part, place) => (place % 2 === 1 ? <Address key={place} text={part} /> : <Fragment key={place}>{part}</Fragment>))}
    </div>
  )
}

function Address({ text }: { text: string }) {
  const tail = TAIL.exec(text)?.[0] ?? ''
  const href = tail === '' ? text : text.slice(0, -tail.length)
  if (!URL.canParse(href)) return text
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">{href}</a>
      {tail}
    </>
  )
}
