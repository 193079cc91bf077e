/** What will be done to the organisation without a second administrator: everybody sees it a day before. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { dayAndClock } from '~/lib/dates'
import { openActs } from '~/shell/acts'
import { ActText, memberOf } from '~/shell/ActText'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { Section } from '~/shell/Page'
import { Somebody } from '~/shell/Somebody'
import { Banner } from '~/ui/Banner'

export function ComingActs() {
  const { t, i18n } = useLingui()
  const items = (useQuery(openActs()).data?.items ?? []).filter((act) => act.needs === 'time')
  const people = useMembersById(items.flatMap((act) => [act.asked_by, memberOf(act)]))
  if (items.length === 0) return null
  return (
    <Section title={t`About to happen`} lead={t`Your organisation has a single administrator for this, so it waits a day. Ask them if you do not agree.`} actions={<AskAdministrator />}>
      {items.map((act) => (
        <Banner key={act.id} tone="info">
          <ActText act={act} people={people} />
          {' · '}
          <Trans>asked by <MemberName id={act.asked_by} people={people} otherwise={<Somebody />} />, happens {dayAndClock(act.due_at, i18n.locale)}</Trans>
        </Banner>
      ))}
    </Section>
  )
}
