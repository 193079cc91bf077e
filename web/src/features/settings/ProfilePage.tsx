/** What colleagues see of me, and my password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Me, MeChange } from '~/api/types'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { FieldInput } from '~/shell/FieldInput'
import { changedTexts, isAmongValues, textsOf, useFields } from '~/shell/fields'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { usePersonLines } from '~/shell/personLines'
import { useSlug } from '~/shell/routes'
import { me as meQuery, useOrganisationName } from '~/shell/session'
import { TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { DateField } from '~/ui/DateField'
import { Form } from '~/ui/Form'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { PasswordSection } from './PasswordSection'
import { PictureSection } from './PictureSection'
import styles from './settings.module.css'

export function ProfilePage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(meQuery())
  const organisation = useOrganisationName()
  return (
    <>
      <PageTitle>{t`Profile`}</PageTitle>
      <PageHead title={t`Profile`} back={links.me(slug)} lead={<PrivacyLine seenBy={t`${organisation} decides for each field who sees it`} keptFor={t`Kept for as long as you are a member`} />} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="form" />}>
          {(me) => (
            <>
              {me.may_edit.includes('avatar') && <PictureSection me={me} />}
              <Section title={t`About me`}>
                <ProfileForm key={me.id} me={me} />
              </Section>
              <PasswordSection me={me} organisation={organisation} />
            </>
          )}
        </QueryState>
      </PageBody>
    </>
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

const valuesOf = (me: Me) => ({ name: me.name, signature: me.signature ?? '', birthday: me.birthday ?? '', phone: me.phone ?? '', email: me.email ?? '', texts: textsOf(me.values) })

function ProfileForm({ me }: { me: Me }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [before, setBefore] = useState(me)
  const [base, setBase] = useState(me)
  // As an administrator, or another window, left it in the meantime.
  const [theirs, setTheirs] = useState<Me | null>(null)
  const lines = usePersonLines(before, theirs)
  const form = useForm(valuesOf(me))
  const { values, bind, set } = form
  const all = useFields()
  const is = (name: string) => all.some((field) => field.built_in === name)
  const mine = (name: string) => me.may_edit.includes(name)
  const given = (name: string) => ({ isDisabled: !mine(name), description: mine(name) ? undefined : t`An administrator changes this.` })
  const others = all.filter((field) => isAmongValues(field) && mine(field.built_in ?? field.id))
  const take = (now: Me) => {
    form.reset(valuesOf(now))
    setBefore(now)
    setBase(now)
    setTheirs(null)
  }
  const look = useMutation({
    mutationFn: () => call('get', '/v1/me', {}),
    onSuccess: (now) => {
      form.rebase(valuesOf(base), valuesOf(now))
      setBase(now)
      setTheirs(now)
    },
    onError: form.fail,
  })
  const save = useMutation({
    mutationFn: () => {
      const change: MeChange = {}
      if (values.name !== base.name) change.name = values.name.trim()
      if (values.signature !== (base.signature ?? '')) change.signature = orNull(values.signature)
      if (values.birthday !== (base.birthday ?? '')) change.birthday = orNull(values.birthday)
      if (values.phone !== (base.phone ?? '')) change.phone = orNull(values.phone)
      if (values.email !== (base.email ?? '')) change.email = orNull(values.email)
      const texts = changedTexts(textsOf(base.values), values.texts)
      if (Object.keys(texts).length > 0) change.values = texts
      return call('patch', '/v1/me', { body: change }, { seen: etagOf(base) })
    },
    onSuccess: async (saved) => {
      take(saved)
      await markStale(queries, [keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')])
      toast(t`Profile saved`)
    },
    onError: (error) => {
      form.fail(error)
      if (hasStatus(error, 412)) look.mutate()
    },
  })
  return (
    <Form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        form.begin()
        if (values.name.trim() === '') form.refuse('name', t`This is needed.`)
        else save.mutate()
      }}
    >
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {theirs && <TheirChanges lines={lines} onTake={() => take(theirs)} />}
      <TextField {...bind('name')} label={t`Name`} autoComplete="name" />
      {is('signature') && mine('signature') && <TextField {...bind('signature')} label={t`Signature`} description={t`A line under your name, if you like.`} />}
      <div className={styles.pair}>
        {is('phone') && <TextField {...bind('phone')} label={t`Phone`} type="tel" autoComplete="tel" {...given('phone')} />}
        {is('email') && <TextField {...bind('email')} label={t`E-mail`} type="email" autoComplete="email" {...given('email')} />}
        {others.map((field) => (
          <FieldInput key={field.id} field={field} value={values.texts[field.id] ?? ''} onChange={(text) => set('texts', { ...values.texts, [field.id]: text })} />
        ))}
      </div>
      {['phone', 'email'].some((name) => is(name) && !mine(name)) && <div><AskAdministrator look="link" topic="profile" /></div>}
      {is('birthday') && mine('birthday') && <DateField {...bind('birthday')} label={t`Birthday`} description={t`Optional.`} />}
      <div className={styles.save}>
        <Button type="submit" variant="primary" isPending={save.isPending}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}
