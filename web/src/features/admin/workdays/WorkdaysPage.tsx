/** Which days are worked: the week, and the holidays and made-up days of each year. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasCode } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { SpecialDay, Workdays } from '~/api/types'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useUnsaved } from '~/shell/unsaved'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { workdays } from '../queries'
import { ofYear } from './days'
import { SpecialDays } from './SpecialDays'
import { Term } from './Term'

export function WorkdaysPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(workdays())
  const [year, setYear] = useState(String(THIS_YEAR))
  return (
    <>
      <PageTitle>{t`Working days`}</PageTitle>
      <PageHead title={t`Working days`} lead={t`Terms such as “within 15 working days” are counted by this table.`} back={adminStart(slug)} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="form" />}>
          {(of) => (
            <>
              <Editor key={of.version} of={of} year={year} onYear={setYear} />
              <Section title={t`Count`}><Term zone={of.time_zone} /></Section>
            </>
          )}
        </QueryState>
      </PageBody>
    </>
  )
}

/** The first of these is a Monday. */
const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09', '2026-01-10', '2026-01-11']
const THIS_YEAR = new Date().getFullYear()
const YEARS = [-1, 0, 1, 2].map((later) => String(THIS_YEAR + later))

interface Props {
  of: Workdays
  year: string
  onYear: (year: string) => void
}

/** Begins anew with each version of the table, in the year one was looking at. */
function Editor({ of, year, onYear }: Props) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [week, setWeek] = useState<readonly boolean[]>(of.week)
  const [days, setDays] = useState<SpecialDay[]>(() => ofYear(of.special_days, Number(year)))
  const isChanged = JSON.stringify([week, days]) !== JSON.stringify([of.week, ofYear(of.special_days, Number(year))])
  useUnsaved(isChanged)
  const save = useMutation({
    mutationFn: () => call('patch', '/v1/workdays', { body: { week: [...week], year: { year: Number(year), days } } }, { seen: etagOf({ revision: of.version }) }),
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/workdays'), keyOf('/v1/workdays/term')])
      toast(t`Saved`)
    },
  })
  const isOutdated = hasCode(save.error, 'directory.changed_meanwhile')
  const weekday = (of: string) => new Date(`${of}T12:00:00`).toLocaleDateString(i18n.locale, { weekday: 'long' })
  return (
    <>
      {isOutdated && (
        <Banner tone="warn" isAlert action={<Button size="s" onPress={() => void markStale(queries, [keyOf('/v1/workdays')])}><Trans>See theirs</Trans></Button>}>
          <Trans>Somebody else changed the working days meanwhile. Nothing of yours was saved: look at theirs and decide again.</Trans>
        </Banner>
      )}
      {save.error && !isOutdated && <Banner tone="bad" isAlert>{textOf(save.error)}</Banner>}
      <Section title={t`Week`}>
        <div className={styles.week} role="group" aria-label={t`Days of the week that are worked`}>
          {DAYS.map((day, place) => (
            <Checkbox key={day} isSelected={week[place] === true} isDisabled={!of.can.edit} onChange={(is) => setWeek(week.map((was, at) => (at === place ? is : was)))}>{weekday(day)}</Checkbox>
          ))}
        </div>
      </Section>
      <Section title={t`Special days`} lead={t`Holidays, and days of a weekend that make up for them.`}>
        <div className={styles.form}>
          <Select
            label={t`Year`}
            value={year}
            isDisabled={isChanged}
            description={isChanged ? t`Save or discard first.` : undefined}
            onChange={(chosen) => {
              onYear(chosen)
              setDays(ofYear(of.special_days, Number(chosen)))
            }}
            choices={YEARS.map((id) => ({ id, label: id }))}
          />
          <SpecialDays year={Number(year)} week={week} days={days} onChange={of.can.edit ? setDays : undefined} />
          {of.can.edit && (
            <div className={styles.save}>
              <Button variant="primary" isDisabled={!isChanged || !week.includes(true)} isPending={save.isPending} onPress={() => save.mutate()}><Trans>Save</Trans></Button>
              {isChanged && (
                <Button
                  onPress={() => {
                    setWeek(of.week)
                    setDays(ofYear(of.special_days, Number(year)))
                  }}
                >
                  <Trans>Discard</Trans>
                </Button>
              )}
              {!week.includes(true) && <span className={styles.count}><Trans>At least one day of the week is worked.</Trans></span>}
            </div>
          )}
        </div>
      </Section>
    </>
  )
}
