/** Keys to press, one cap each; `Mod` is ⌘ on Apple machines and Ctrl elsewhere. */
import { isApple } from '~/lib/platform'
import styles from './Kbd.module.css'

export function Kbd({ children, tone = 'plain' }: { children: string; tone?: 'plain' | 'inverse' }) {
  return (
    <span className={styles.keys} data-tone={tone}>
      {children.split(' ').map((key) => (
        <kbd key={key} className={styles.key}>
          {key === 'Mod' ? (isApple() ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  )
}
