/** What the organisation is called, who speaks for it, and the rules it chose. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { EditOrganisation, Organisation } from '~/api/types'
import { regions, timeZones } from '~/lib/places'
import { useIndustries } from '~/shell/industries'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { organisation as organisationQuery, organisationKey } from '~/shell/session'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useUnsaved } from '~/shell/unsaved'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { Link } from '~/ui/Link'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { Switch } from '~/ui/Switch'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { adminStart } from './AdminLayout'
import { BrandSection } from './brand/BrandSection'
import { DissolveSection } from './dissolution/DissolveSection'
import { verification } from './queries'
import { endsByRename, RenameQuestion } from './RenameQuestion'
import { SignInAddress } from './SignInAddress'
import { VerificationSection } from './VerificationSection'
import styles from './admin.module.css'

export function OrganisationPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(organisationQuery())
  return (
    <>
      <PageTitle>{t`Organisation`}</PageTitle>
      <PageHead title={t`Organisation`} back={adminStart(slug)} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="form" />}>
          {(of) => (
            <>
              {of.can.edit && <Section><OrganisationForm key={of.id} of={of} /></Section>}
              <SigningIn slug={of.slug} />
              {of.can.edit && <BrandSection />}
              {of.can.edit && <VerificationSection />}
              <Rules of={of} />
              <DissolveSection of={of} />
            </>
          )}
        </QueryState>
      </PageBody>
    </>
  )
}

/** What somebody with only a user id needs to sign in. */
function SigningIn({ slug }: { slug: string }) {
  const { t } = useLingui()
  return (
    <Section title={t`Where people sign in`} lead={t`Whoever signs in with a user ID may be asked for the short name. The address has it filled in.`}>
      <dl className={styles.facts}>
        <div>
          <dt><Trans>Short name of the organisation</Trans></dt>
          <dd className={styles.short}>{slug}</dd>
        </div>
        <div>
          <dt><Trans>Sign-in address</Trans></dt>
          <dd><SignInAddress /></dd>
        </div>
      </dl>
    </Section>
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const NAMES = { 'contact.name': 'contact_name', 'contact.phone': 'contact_phone', 'contact.email': 'contact_email' } as const

const valuesOf = (of: Organisation) => ({
  name_zh: of.name_zh ?? '',
  name_en: of.name_en ?? '',
  region: of.region,
  industry: of.industry,
  time_zone: of.time_zone,
  contact_name: of.contact?.name ?? '',
  contact_phone: of.contact?.phone ?? '',
  contact_email: of.contact?.email ?? '',
})

type Values = ReturnType<typeof valuesOf>

/** What is not as it was, in the form's own words. */
function useLines(was: Values, is: Values) {
  const { t } = useLingui()
  const labels: Record<keyof Values, string> = {
    name_zh: t`Name in Chinese`,
    name_en: t`Name in English`,
    region: t`Region`,
    industry: t`Industry`,
    time_zone: t`Time zone`,
    contact_name: t`Contact name`,
    contact_phone: t`Phone`,
    contact_email: t`E-mail`,
  }
  const names = Object.keys(labels).filter((name): name is keyof Values => name in labels)
  return differing(names.map((name) => ({ id: name, label: labels[name], value: is[name], was: was[name], is: is[name] })))
}

function OrganisationForm({ of }: { of: Organisation }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const industries = useIndustries()
  const standing = useQuery(verification()).data?.state
  const [isRenaming, setRenaming] = useState(false)
  const form = useForm(valuesOf(of), NAMES)
  const { values, bind } = form
  const { before, isOthers, take, settle } = useTheirs(of, valuesOf, form)
  // Whoever is not in the middle of something just has the newest.
  if (isOthers && !form.hasChanges) settle(of)
  useUnsaved(form.hasChanges)
  const lines = useLines(valuesOf(before), valuesOf(of))
  const places = useMemo(() => ({ regions: regions(of.region, i18n.locale), zones: timeZones(of.time_zone, i18n.locale) }), [of, i18n.locale])
  const save = useMutation({
    mutationFn: (sent: Values) =>
      call('patch', '/v1/organisation', {
        body: {
          name_zh: orNull(sent.name_zh),
          name_en: orNull(sent.name_en),
          region: sent.region,
          industry: sent.industry,
          time_zone: sent.time_zone,
          contact: { name: sent.contact_name.trim(), phone: orNull(sent.contact_phone), email: orNull(sent.contact_email) },
        },
      }, { seen: etagOf(of) }),
    onSuccess: async (now, sent) => {
      // The server may write it otherwise, such as a number: what it made of it is saved.
      form.rebase(sent, valuesOf(now))
      // Before the rest is read anew: until then the page knows something older, which is nobody's change.
      settle(now)
      await markStale(queries, [organisationKey(), ['session'], keyOf('/v1/verification')])
      toast(t`Saved`)
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, [organisationKey()])
    },
    onSettled: () => setRenaming(false),
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.name_zh.trim() === '' && values.name_en.trim() === '') return form.refuse('name_zh', t`Give the organisation a name in one of the two languages.`)
    const isRenamed = orNull(values.name_zh) !== (of.name_zh ?? null) || orNull(values.name_en) !== (of.name_en ?? null)
    if (isRenamed && endsByRename(standing)) return setRenaming(true)
    save.mutate(values)
  }
  const withCurrent = <C extends { id: string; label: string }>(choices: C[], id: string) => (choices.some((one) => one.id === id) || id === '' ? choices : [{ id, label: id }, ...choices])
  return (
    <Form className={styles.form} onSubmit={submit}>
      {isRenaming && standing && <RenameQuestion standing={standing} isPending={save.isPending} onClose={() => setRenaming(false)} onConfirm={() => save.mutate(values)} />}
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {isOthers && lines.length > 0 && <TheirChanges lines={lines} onTake={take} told={{ events: ['directory.organisation_changed'], revision: of.revision }} />}
      <div className={styles.pair}>
        <TextField {...bind('name_zh')} label={t`Name in Chinese`} />
        <TextField {...bind('name_en')} label={t`Name in English`} />
        <Select {...bind('region')} label={t`Region`} choices={places.regions} />
        <Select {...bind('industry')} label={t`Industry`} choices={withCurrent(industries, values.industry)} />
      </div>
      <Select {...bind('time_zone')} label={t`Time zone`} choices={places.zones} />
      <TextField {...bind('contact_name')} label={t`Contact name`} description={t`Whom people ask about their data. Only administrators see phone and e-mail.`} />
      <div className={styles.pair}>
        <TextField {...bind('contact_phone')} label={t`Phone`} type="tel" />
        <TextField {...bind('contact_email')} label={t`E-mail`} type="email" />
      </div>
      <div className={styles.save}>
        <Button type="submit" variant="primary" isPending={save.isPending}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}

/** Seconds in which a message may be changed or taken back; the server takes any up to a day. */
const WINDOWS_S = [0, 60, 120, 300, 900, 3600, 86_400]

function Rules({ of }: { of: Organisation }) {
  const { t } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const change = useMutation({
    mutationFn: (body: Pick<EditOrganisation, 'shows_presence' | 'lets_people_leave' | 'keeps_edits' | 'edit_window_s' | 'recall_window_s'>) => call('patch', '/v1/organisation', { body }, { seen: etagOf(of) }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    // What another one has set meanwhile is shown, and one decides again.
    onSettled: () => markStale(queries, [organisationKey()]),
  })
  const lasting = (seconds: number) => {
    if (seconds === 0) return t`Not at all`
    return seconds >= 3600 ? plural(Math.round(seconds / 3600), { one: '# hour', other: '# hours' }) : plural(Math.round(seconds / 60), { one: '# minute', other: '# minutes' })
  }
  const windows = (current: number) => [...new Set([...WINDOWS_S, current])].sort((one, other) => one - other).map((seconds) => ({ id: String(seconds), label: lasting(seconds) }))
  return (
    <Section title={t`Talking`}>
      <div className={styles.form}>
        <dl className={styles.facts}>
          <div>
            <dt><Trans>Messages are kept for</Trans></dt>
            <dd className={styles.save}>
              {plural(of.chat_retention_days, { one: '# day', other: '# days' })}
              {of.can.edit_periods && <Link href={links.admin(slug, 'retention')}><Trans>Change under Retention</Trans></Link>}
            </dd>
          </div>
        </dl>
        <div className={styles.pair}>
          <Select label={t`A message can be changed for`} value={String(of.edit_window_s)} choices={windows(of.edit_window_s)} isDisabled={change.isPending || !of.can.edit_periods} onChange={(seconds) => change.mutate({ edit_window_s: Number(seconds) })} />
          <Select label={t`A message can be recalled for`} value={String(of.recall_window_s)} choices={windows(of.recall_window_s)} isDisabled={change.isPending || !of.can.edit_periods} onChange={(seconds) => change.mutate({ recall_window_s: Number(seconds) })} />
        </div>
        <Switch isSelected={of.shows_presence} isDisabled={change.isPending || !of.can.edit} onChange={(shows_presence) => change.mutate({ shows_presence })} description={t`A dot says who is online right now. It is never stored.`}>
          <Trans>Show who is online</Trans>
        </Switch>
        <Switch isSelected={of.keeps_edits} isDisabled={change.isPending || !of.can.edit} onChange={(keeps_edits) => change.mutate({ keeps_edits })} description={t`Whoever can read an edited message can read what it said before, until it is recalled or expires. When you switch this off, what was kept is deleted within the hour.`}>
          <Trans>Keep what edited messages said before</Trans>
        </Switch>
        <Switch isSelected={of.lets_people_leave} isDisabled={change.isPending || !of.can.edit} onChange={(lets_people_leave) => change.mutate({ lets_people_leave })} description={t`Under Settings → Privacy statement. They are out at once, and what is only theirs is erased 14 days later; until then you can let them in again.`}>
          <Trans>People may leave by themselves</Trans>
        </Switch>
      </div>
    </Section>
  )
}
