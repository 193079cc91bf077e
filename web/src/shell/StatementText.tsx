/** The privacy statement in short, where something is agreed to. */
import { Trans } from '@lingui/react/macro'
import type { Statement } from '~/api/types'
import { Link } from '~/ui/Link'
import { links } from './links'
import styles from './StatementText.module.css'

export function StatementSummary({ statement }: { statement: Statement }) {
  return (
    <div className={styles.summary}>
      <ul>
        {statement.summary.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Link href={links.statement()} target="_blank">
        <Trans>Read the whole statement</Trans>
      </Link>
    </div>
  )
}
