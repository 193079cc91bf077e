/** The letters of a list: pressed, or typed while one of them has the keyboard, each leads to where it begins. */
import { useLingui } from '@lingui/react/macro'
import type { KeyboardEvent } from 'react'
import { Button, Toolbar } from 'react-aria-components'
import type { LetterPlace } from '~/api/types'
import styles from './LetterStrip.module.css'

interface Props {
  letters: readonly LetterPlace[]
  /** What is in sight stands under this one. */
  current: string | undefined
  onJump: (place: number) => void
  onClose: () => void
}

export function LetterStrip({ letters, current, onJump, onClose }: Props) {
  const { t } = useLingui()
  const press = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    // A letter nobody stands under leads nowhere, and is no shortcut of the page either.
    if (!/^([a-z]|Escape)$/i.test(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return onClose()
    const meant = letters.find((one) => one.letter === event.key.toUpperCase())
    if (meant) onJump(meant.place)
  }
  return (
    <div className={styles.strip} onKeyDownCapture={press} role="presentation">
      <Toolbar aria-label={t`Go to a letter`} className={styles.letters}>
        {letters.map(({ letter, place }, at) => (
          // Whoever asks for the letters means to press one.
          <Button key={letter} className={styles.letter} autoFocus={at === 0} aria-current={letter === current || undefined} onPress={() => onJump(place)}>{letter}</Button>
        ))}
      </Toolbar>
    </div>
  )
}
