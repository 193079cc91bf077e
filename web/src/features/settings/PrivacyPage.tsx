/** What I agreed to, and when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { dayAndClock } from '~/lib/dates'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { statement as statementQuery } from '~/shell/statement'
import { StatementSummary } from '~/shell/StatementText'
import { StorageFacts } from '~/shell/StorageFacts'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { ComingActs } from './ComingActs'
import { Consents } from './Consents'
import { CopySection } from './CopySection'
import { FreezeSection } from './FreezeSection'
import { LeaveSection } from './LeaveSection'
import { Permissions } from './Permissions'
import { RequestsSection } from './RequestsSection'
import { acceptances } from './queries'
import { WhoAnswers } from './WhoAnswers'

export function PrivacyPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const statement = useQuery(statementQuery(isLanguage(i18n.locale) ? i18n.locale : 'en'))
  const accepted = useQuery(acceptances())
  return (
    <>
      <PageTitle>{t`Privacy statement`}</PageTitle>
      <PageHead title={t`Privacy statement`} back={links.me(slug)} />
      <PageBody width="narrow">
        <Section>
          <QueryState of={statement} skeleton={<Skeleton kind="table" rows={3} />}>{(text) => <StatementSummary statement={text} />}</QueryState>
          <WhoAnswers />
        </Section>
        <Section title={t`Where is this kept, and for how long?`} actions={<AskAdministrator topic="keeping" />}>
          <StorageFacts />
        </Section>
        <Permissions />
        <ComingActs />
        <Section title={t`What you agreed to`} lead={t`Refusing or taking back costs only what needs it.`}>
          <Consents />
          <QueryState of={accepted} skeleton={<Skeleton kind="table" rows={2} />}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t`Nothing recorded yet`}><Trans>Your agreement appears here with its time and device.</Trans></EmptyState>
              ) : (
                <Table
                  label={t`What you agreed to`}
                  rows={items}
                  rowKey={(row) => row.at}
                  columns={[
                    { id: 'version', title: t`Version`, isHead: true, cell: (row) => row.version },
                    { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
                    { id: 'device', title: t`Device`, cell: (row) => row.device || t`Unknown device` },
                    { id: 'address', title: t`Address`, cell: (row) => <span className="num">{row.address}</span> },
                  ]}
                />
              )
            }
          </QueryState>
        </Section>
        <CopySection />
        <FreezeSection />
        <RequestsSection />
        <LeaveSection />
      </PageBody>
    </>
  )
}
