/** What colleagues see of me, and my password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, keyOf, markStale } from '~/api/client'
import type { Me, MeChange } from '~/api/types'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { me as meQuery, useOrganisation, useOrganisationName } from '~/shell/session'
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
  const place = useOrganisation()
  const organisation = useOrganisationName()
  return (
    <>
      <PageTitle>{t`Profile`}</PageTitle>
      <PageHead title={t`Profile`} back={links.me(slug)} lead={<PrivacyLine seenBy={t`Everybody in ${organisation}`} keptFor={t`While a member`} />} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="form" />}>
          {(me) => (
            <>
              <PictureSection me={me} />
              <Section title={t`About me`}>
                <ProfileForm key={me.id} me={me} letsPhone={place?.lets_edit_phone !== false} letsEmail={place?.lets_edit_email !== false} />
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

function ProfileForm({ me, letsPhone, letsEmail }: { me: Me; letsPhone: boolean; letsEmail: boolean }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const form = useForm({ name: me.name, signature: me.signature ?? '', birthday: me.birthday ?? '', phone: me.phone ?? '', email: me.email ?? '' })
  const { values, bind } = form
  const save = useMutation({
    mutationFn: () => {
      const change: MeChange = {}
      if (values.name !== me.name) change.name = values.name.trim()
      if (values.signature !== (me.signature ?? '')) change.signature = orNull(values.signature)
      if (values.birthday !== (me.birthday ?? '')) change.birthday = orNull(values.birthday)
      if (values.phone !== (me.phone ?? '')) change.phone = orNull(values.phone)
      if (values.email !== (me.email ?? '')) change.email = orNull(values.email)
      return call('patch', '/v1/me', { body: change })
    },
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')])
      toast(t`Profile saved`)
    },
    onError: form.fail,
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
      <TextField {...bind('name')} label={t`Name`} autoComplete="name" />
      <TextField {...bind('signature')} label={t`Signature`} description={t`A line under your name, if you like.`} />
      <div className={styles.pair}>
        <TextField {...bind('phone')} label={t`Phone`} type="tel" autoComplete="tel" isDisabled={!letsPhone} description={letsPhone ? undefined : t`An administrator changes this.`} />
        <TextField {...bind('email')} label={t`E-mail`} type="email" autoComplete="email" isDisabled={!letsEmail} description={letsEmail ? undefined : t`An administrator changes this.`} />
      </div>
      <DateField {...bind('birthday')} label={t`Birthday`} description={t`Optional. Only you see it.`} />
      <div className={styles.save}>
        <Button type="submit" variant="primary" isPending={save.isPending}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}
