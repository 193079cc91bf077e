/** The keys of the palette, along its lower edge. */
import { Trans } from '@lingui/react/macro'
import { Kbd } from '~/ui/Kbd'
import styles from './Palette.module.css'

export function Keys({ isWord }: { isWord: boolean }) {
  return (
    <span className={styles.keys}>
      <span><Kbd>↑ ↓</Kbd> <Trans>choose</Trans></span>
      {isWord ? <span><Kbd>Delete</Kbd> <Trans>forget</Trans></span> : <span><Kbd>{'>'}</Kbd> <Trans>functions</Trans></span>}
      <span><Kbd>@</Kbd> <Trans>people</Trans></span>
      <span><Kbd>#</Kbd> <Trans>conversations</Trans></span>
    </span>
  )
}
