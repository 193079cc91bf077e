/** A link in running text. */
import { Link as AriaLink, type LinkProps } from 'react-aria-components'
import styles from './Link.module.css'

interface Props extends Omit<LinkProps, 'className' | 'style'> {
  isQuiet?: boolean
}

export function Link({ isQuiet, ...rest }: Props) {
  return <AriaLink {...rest} className={styles.link} data-quiet={isQuiet || undefined} />
}
