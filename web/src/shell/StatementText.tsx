/** The privacy statement: its short form where something is agreed to, and the whole text. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Statement } from '~/api/types'
import { day } from '~/lib/dates'
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

export function StatementText({ statement }: { statement: Statement }) {
  const { i18n } = useLingui()
  return (
    <article className={styles.text}>
      <h1>{statement.title}</h1>
      <p className={styles.meta}>
        <Trans>Version {statement.version}, in force since {day(statement.effective_at, i18n.locale)}</Trans>
      </p>
      <ul className={styles.short}>
        {statement.summary.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {statement.sections.map((section) => (
        <section key={section.id} id={section.id}>
          <h2>{section.heading}</h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </article>
  )
}
