/** A document about data, readable by anybody, in the language of the interface: the version in force, or an older one. DOC-01 to DOC-10. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import type { PrivacyDocument, PrivacyDocumentKind } from '~/api/types'
import { NotFoundPage } from '~/shell/ErrorPage'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import { DocumentsFrame } from './DocumentsFrame'
import { DocumentText } from './DocumentText'
import { document, documents, isDocumentKind } from './queries'
import styles from './Documents.module.css'

export function DocumentPage() {
  const { kind = '', version } = useParams({ strict: false })
  return isDocumentKind(kind) ? <Found kind={kind} version={version} /> : <NotFoundPage />
}

function Found({ kind, version }: { kind: PrivacyDocumentKind; version: string | undefined }) {
  const { t, i18n } = useLingui()
  const found = useQuery(document(kind, isLanguage(i18n.locale) ? i18n.locale : 'en', version))
  return (
    <DocumentsFrame current={kind}>
      <PublicTitle>{found.data?.title ?? t`Documents about data`}</PublicTitle>
      <QueryState of={found} skeleton={<Skeleton kind="table" rows={8} />}>
        {(text) => (
          <>
            <div className={styles.acts}>
              <Older than={text} />
              <Button icon={Printer} onPress={() => window.print()}><Trans>Print</Trans></Button>
            </div>
            <DocumentText of={text} />
          </>
        )}
      </QueryState>
    </DocumentsFrame>
  )
}

/** Whether another version is in force, and where it is. */
function Older({ than: { kind, version } }: { than: PrivacyDocument }) {
  const { i18n } = useLingui()
  const newest = useQuery(documents(isLanguage(i18n.locale) ? i18n.locale : 'en')).data?.versions[0]
  if (newest === undefined || newest.version === version) return <span className="grow" />
  return (
    <div className="grow">
      <Banner tone="warn" action={<Link href={links.document(kind)}><Trans>Read the version in force</Trans></Link>}>
        <Trans>This is an older version.</Trans>
      </Banner>
    </div>
  )
}
