/** Keys to press, one cap each; `Mod` is ⌘ on Apple machines and Ctrl elsewhere, `Alt` is ⌥ there. */
import { isApple } from '~/lib/platform'
import styles from './Kbd.module.css'

function shown(key: string) {
  if (key === 'Mod') return isApple() ? '⌘' : 'Ctrl'
  return key === 'Alt' && isApple() ? '⌥' : key
}

export function Kbd({ children, tone = 'plain' }: { children: string; tone?: 'plain' | 'inverse' }) {
  return (
    <span className={styles.keys} data-tone={tone}>
      {children.split(' ').map((key) => (
        <kbd key={key} className={styles.key}>
          {shown(key)}
        </kbd>
      ))}
    </span>
  )
}
