/** Which files people may send, how large, and how much room there is for all of them (IM-06). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { FilePolicy } from '~/api/types'
import { bytes } from '~/lib/dates'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Skeleton } from '~/ui/Skeleton'
import admin from '../admin.module.css'
import { adminStart } from '../AdminLayout'
import { filePolicy } from '../queries'
import { PolicyForm } from './PolicyForm'
import styles from './files.module.css'

export function FilesPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(filePolicy())
  return (
    <>
      <PageTitle>{t`Files`}</PageTitle>
      <PageHead title={t`Files`} lead={t`For what is sent from now on. Files that are there already stay as long as what carries them.`} back={adminStart(slug)} width="narrow" />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="form" />}>
          {(policy) => (
            <>
              <Section title={t`Room for files`}><Room policy={policy} /></Section>
              <Section title={t`Rules`}><PolicyForm policy={policy} /></Section>
            </>
          )}
        </QueryState>
      </PageBody>
    </>
  )
}

function Room({ policy }: { policy: FilePolicy }) {
  const { i18n } = useLingui()
  const used = bytes(policy.used_bytes, i18n.locale)
  const quota = bytes(policy.room_bytes, i18n.locale)
  const left = bytes(Math.max(0, policy.room_bytes - policy.used_bytes), i18n.locale)
  const most = typeof policy.most_bytes === 'number' ? bytes(policy.most_bytes, i18n.locale) : null
  // The operator's limit may be nothing at all.
  const share = policy.room_bytes === 0 ? 1 : policy.used_bytes / policy.room_bytes
  return (
    <div className={admin.form}>
      <dl className={admin.cards}>
        <div className={admin.card}>
          <dt><Trans>In use</Trans></dt>
          <dd>{used}<small><Trans>of {quota}</Trans></small></dd>
          <div className={admin.bar} aria-hidden="true"><i className={share >= 0.9 ? styles.full : undefined} style={{ inlineSize: `${Math.min(100, Math.round(share * 100))}%` }} /></div>
        </div>
        <div className={admin.card}>
          <dt><Trans>Room left</Trans></dt>
          <dd>{left}<small><Trans>uploads that are on their way count already</Trans></small></dd>
        </div>
      </dl>
      {most !== null && (
        <p className={admin.count}>
          {policy.room_bytes < policy.quota_bytes ? <Trans>Whoever runs this server lets your organisation have {most} for files. That counts, since it is less than your own rule.</Trans> : <Trans>Whoever runs this server lets your organisation have at most {most} for files.</Trans>}
        </p>
      )}
      {share >= 1 && <Banner tone="bad"><Trans>There is no room left: nobody can send a file until there is more, or older files have gone.</Trans></Banner>}
      {share >= 0.9 && share < 1 && <Banner tone="warn"><Trans>There is little room left.</Trans></Banner>}
    </div>
  )
}
