/** A file's name in one line, cut in the middle: its beginning and its kind stay, and no sign in it turns them around. */
import { untwisted } from '~/lib/bidi'
import { splitName } from './shape'
import styles from './FileName.module.css'

export function FileName({ name }: { name: string }) {
  const [head, tail] = splitName(untwisted(name))
  return (
    <bdi className={styles.name} title={name}>
      <span className={styles.head}>{head}</span>
      <span className={styles.tail}>{tail}</span>
    </bdi>
  )
}
