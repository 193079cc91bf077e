/** How a search is narrowed by what is typed, with the operators by their names in this language. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { type Operator, operatorName } from './query/operators'
import styles from './OperatorHelp.module.css'

export function OperatorHelp() {
  const { t } = useLingui()
  return (
    <section>
      <h2 className={styles.title}>{t`Narrow a search`}</h2>
      <dl className={styles.help}>
        <Help operator="from" example={t`Lin`}><Trans>what somebody sent; choose the person from the list</Trans></Help>
        <Help operator="in" example={t`warehouse`}><Trans>what was said in one conversation</Trans></Help>
        <Help operator="after" example="2026-11-01"><Trans>on that day or later</Trans></Help>
        <Help operator="before" example="11/20"><Trans>earlier than that day; yesterday and 7d are days too</Trans></Help>
        <Help operator="kind" example={t`picture`}><Trans>text, picture or file</Trans></Help>
      </dl>
    </section>
  )
}

function Help({ operator, example, children }: { operator: Operator; example: string; children: ReactNode }) {
  const { i18n } = useLingui()
  return (
    <div>
      <dt><code>{operatorName(operator, i18n.locale)}:{example}</code></dt>
      <dd>{children}</dd>
    </div>
  )
}
