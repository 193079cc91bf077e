/** How a search is narrowed where messages are not searched: by one sign before the words. */
import { useLingui } from '@lingui/react/macro'
import { Kbd } from '~/ui/Kbd'
import styles from '../OperatorHelp.module.css'

export function SignHelp() {
  const { t } = useLingui()
  const signs = [['>', t`Functions only`], ['@', t`People only`], ['#', t`Conversations only`]] as const
  return (
    <section>
      <h2 className={styles.title}>{t`Narrow a search`}</h2>
      <dl className={styles.help}>
        {signs.map(([sign, does]) => (
          <div key={sign}>
            <dt><Kbd>{sign}</Kbd></dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
