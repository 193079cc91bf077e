/** How far the writing is. One may leave the page. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Label, ProgressBar } from 'react-aria-components'
import type { Import } from '~/api/types'
import styles from './imports.module.css'

export function Progress({ of }: { of: Import }) {
  const { t, i18n } = useLingui()
  const isUndoing = of.state === 'undoing'
  const [done, total] = [i18n.number(of.done), i18n.number(of.total)]
  // Of what is undone nobody knows beforehand how much it will be.
  const isUnknown = isUndoing || of.total === 0
  const share = of.total === 0 ? 0 : (of.done / of.total) * 100
  return (
    <div className={styles.progress}>
      <ProgressBar value={share} isIndeterminate={isUnknown} valueLabel={t`${done} of ${total}`}>
        <Label className={styles.dropTitle}>{isUndoing ? <Trans>The import is being undone</Trans> : <Trans>People are being written</Trans>}</Label>
        <div className={styles.track} data-turning={isUnknown || undefined}><i style={isUnknown ? undefined : { inlineSize: `${share}%` }} /></div>
        <p className={styles.quiet}>{isUndoing ? <Trans>How long it takes depends on how much the import did.</Trans> : isUnknown ? <Trans>It begins in a moment.</Trans> : <Trans>{done} of {total}</Trans>}</p>
      </ProgressBar>
      <p className={styles.quiet}>{isUndoing ? <Trans>What somebody changed since stays. You may leave this page.</Trans> : <Trans>All of it or nothing: colleagues see the new people when it is done. You may leave this page.</Trans>}</p>
    </div>
  )
}
