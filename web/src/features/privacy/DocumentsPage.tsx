/** Which documents about data there are, and every version of them (DOC-03). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { day } from '~/lib/dates'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { Chip } from '~/ui/Chip'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { DocumentsFrame } from './DocumentsFrame'
import { documents } from './queries'
import styles from './Documents.module.css'

export function DocumentsPage() {
  const { t, i18n } = useLingui()
  const found = useQuery(documents(isLanguage(i18n.locale) ? i18n.locale : 'en'))
  return (
    <DocumentsFrame>
      <PublicTitle>{t`Documents about data`}</PublicTitle>
      <article className={styles.text}>
        <h1><Trans>Documents about data</Trans></h1>
        <p className={styles.meta}><Trans>Made from the map by which the program itself deletes and exports. Anybody may read them; older versions stay as they were.</Trans></p>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={3} />}>
          {({ versions }) => (
            <Table
              label={t`Documents about data`}
              rows={versions}
              rowKey={(row) => row.version}
              columns={[
                { id: 'version', title: t`Version`, isHead: true, cell: (row) => row.version },
                { id: 'since', title: t`In force since`, cell: (row) => <time dateTime={row.effective_at}>{day(row.effective_at, i18n.locale)}</time> },
                { id: 'matters', title: t`Consent`, cell: (row) => (row.is_material ? <Chip tone="warn"><Trans>asked anew</Trans></Chip> : <Chip><Trans>stays valid</Trans></Chip>) },
                {
                  id: 'documents',
                  title: t`Documents`,
                  cell: (row) => (
                    <ul className={styles.list}>
                      {row.documents.map(({ kind, title }) => <li key={kind}><Link href={links.document(kind, row.version)}>{title}</Link></li>)}
                    </ul>
                  ),
                },
              ]}
            />
          )}
        </QueryState>
      </article>
    </DocumentsFrame>
  )
}
