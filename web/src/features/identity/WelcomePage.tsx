/** What has to be done before the gate opens: a password of one's own, the statement, the age. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useRouter } from '@tanstack/react-router'
import { call } from '~/api/client'
import type { Session } from '~/api/types'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { OwnPassword } from '~/shell/OwnPassword'
import { PublicTitle } from '~/shell/PageTitle'
import { homeOrganisation, isShut, session as sessionQuery, useSignOut } from '~/shell/session'
import { statement as statementQuery } from '~/shell/statement'
import { StatementSummary } from '~/shell/StatementText'
import { useForm } from '~/shell/useForm'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Form } from '~/ui/Form'
import { Invitations } from './Invitations'
import { PublicFrame } from './PublicFrame'
import styles from './forms.module.css'

export function WelcomePage() {
  const { t } = useLingui()
  const found = useQuery(sessionQuery())
  const signOut = useSignOut()
  return (
    <PublicFrame
      note={
        <Button variant="ghost" size="s" onPress={() => signOut.mutate()}>
          <Trans>Sign out</Trans>
        </Button>
      }
    >
      <PublicTitle>{t`Welcome`}</PublicTitle>
      <QueryState of={found}>{(session) => (session === null ? <Navigate to="/sign-in" replace /> : <NextStep session={session} />)}</QueryState>
    </PublicFrame>
  )
}

function NextStep({ session }: { session: Session }) {
  if (session.must.includes('change_password')) return <ChangePassword />
  if (session.must.length > 0) return <AcceptStatement session={session} />
  const home = homeOrganisation(session)
  if (home !== null && isShut(home)) return <Navigate to={links.suspended()} replace />
  if (home === null || home.state !== 'active') return <Invitations session={session} />
  return <Navigate to={links.organisation(home.slug)} replace />
}

function useAgain() {
  const queries = useQueryClient()
  const router = useRouter()
  return async () => {
    await queries.refetchQueries({ queryKey: sessionQuery().queryKey })
    await router.invalidate()
  }
}

function ChangePassword() {
  const again = useAgain()
  return (
    <OwnPassword
      hasJustTyped
      save={({ current, ...body }) => call('post', '/v1/password', { body: current === '' ? body : { ...body, current } }, { organisation: null })}
      onSaved={again}
      styles={{ form: styles.form, title: styles.title, lead: styles.lead }}
    />
  )
}

function AcceptStatement({ session }: { session: Session }) {
  const { t, i18n } = useLingui()
  const again = useAgain()
  const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  const statement = useQuery(statementQuery(language)).data
  const form = useForm({ accepts: false, isAdult: false }, { is_adult: 'isAdult' })
  const { values, errors, set } = form
  const accept = useMutation({
    mutationFn: () => call('post', '/v1/statement/acceptance', { body: { version: session.statement_version, is_adult: values.isAdult } }, { organisation: session.organisations[0]?.slug ?? null }),
    onSuccess: again,
    onError: form.fail,
  })
  return (
    <Form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        form.begin()
        if (!values.accepts) form.refuse('accepts', t`Please agree to go on.`)
        if (!values.isAdult) form.refuse('isAdult', t`Please confirm that you are an adult.`)
        if (values.accepts && values.isAdult) accept.mutate()
      }}
    >
      <h1 className={styles.title}><Trans>How your data is used here</Trans></h1>
      <p className={styles.lead}><Trans>Your agreement is recorded with the time and your device. You can read it again in your settings.</Trans></p>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {statement && <StatementSummary statement={statement} />}
      <Checkbox isSelected={values.accepts} onChange={(isOn) => set('accepts', isOn)} errorMessage={errors.accepts}>
        <Trans>I have read the privacy statement {session.statement_version} and agree to it.</Trans>
      </Checkbox>
      <Checkbox isSelected={values.isAdult} onChange={(isOn) => set('isAdult', isOn)} errorMessage={errors.isAdult}>
        <Trans>I am 18 or older.</Trans>
      </Checkbox>
      <Button type="submit" variant="primary" size="touch" isWide isPending={accept.isPending}><Trans>Agree and go on</Trans></Button>
    </Form>
  )
}
