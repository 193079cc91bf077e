/** A line of a result with what was found in it. */
import { Fragment, useMemo } from 'react'
import { untwisted } from '~/lib/bidi'
import styles from './Marked.module.css'

export interface Mark {
  start: number
  length: number
}

/** Splits a text at its marks, which count UTF-16 code units as the server does. Marks that overlap or leave the text are cut. */
export function piecesOf(text: string, marks: readonly Mark[]): { text: string; isMarked: boolean }[] {
  const pieces: { text: string; isMarked: boolean }[] = []
  let at = 0
  const push = (end: number, isMarked: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), isMarked })
    at = Math.max(at, end)
  }
  for (const { start, length } of [...marks].sort((a, b) => a.start - b.start)) {
    push(Math.min(start, text.length), false)
    push(Math.min(start + length, text.length), true)
  }
  push(text.length, false)
  return pieces
}

/** Where the words stand in a name, as far as they stand there as they were written. */
export function marksOf(text: string, words: string): Mark[] {
  const wanted = words.trim().toLowerCase()
  const folded = text.toLowerCase()
  // Letters whose small form is longer would move the mark.
  const start = wanted === '' || folded.length !== text.length ? -1 : folded.indexOf(wanted)
  return start < 0 ? [] : [{ start, length: wanted.length }]
}

export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const pieces = useMemo(() => piecesOf(text, marks), [text, marks])
  return pieces.map((piece, place) => {
    const words = untwisted(piece.text)
    return piece.isMarked ? <mark key={place} className={styles.mark}>{words}</mark> : <Fragment key={place}>{words}</Fragment>
  })
}
