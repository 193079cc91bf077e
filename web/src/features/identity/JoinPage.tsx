/** Joining an organisation through an invitation link. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { call } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { InvitationView } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { enter, session as sessionQuery } from '~/shell/session'
import { statement as statementQuery } from '~/shell/statement'
import { StatementSummary } from '~/shell/StatementText'
import { useForm } from '~/shell/useForm'
import { QueryState } from '~/shell/QueryState'
import { GroupAvatar } from '~/ui/Avatar'
import { Banner } from '~/ui/Banner'
import { Button, ButtonLink } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Form } from '~/ui/Form'
import { Link } from '~/ui/Link'
import { PasswordField } from '~/ui/PasswordField'
import { PasswordStrength } from '~/ui/PasswordStrength'
import { Skeleton } from '~/ui/Skeleton'
import { NotFound } from '~/ui/State'
import { TextField } from '~/ui/TextField'
import { AccountLine } from './AccountLine'
import { PublicFrame } from './PublicFrame'
import { useJoinChecks, type JoinFields } from './joinForm'
import styles from './forms.module.css'

const route = getRouteApi('/join/$token')

const invitation = (token: string) => ({
  queryKey: ['invitation', token],
  retry: false,
  queryFn: () => call('get', '/v1/invitations/by-token/{token}', { path: { token } }, { organisation: null }),
})

export function JoinPage() {
  const { t } = useLingui()
  const { token } = route.useParams()
  const found = useQuery(invitation(token))
  return (
    <PublicFrame>
      <PublicTitle>{t`Invitation`}</PublicTitle>
      {hasStatus(found.error, 404, 410) ? (
        <NotFound level={1} title={t`This invitation is not valid, or not any more`} action={<ButtonLink href={links.signIn()}><Trans>Sign in</Trans></ButtonLink>}>
          <Trans>Ask whoever sent it to you for a new link.</Trans>
        </NotFound>
      ) : (
        <QueryState of={found} skeleton={<Skeleton kind="form" rows={4} />}>
          {(view) => <JoinForm token={token} view={view} />}
        </QueryState>
      )}
    </PublicFrame>
  )
}

const EMPTY: JoinFields = { name: '', login: '', password: '', accepts: false, isAdult: false, remember: true }
const NAMES = { user_id: 'login', phone: 'login', email: 'login', accepts_statement: 'accepts', is_adult: 'isAdult' } as const

function JoinForm({ token, view }: { token: string; view: InvitationView }) {
  const { t, i18n } = useLingui()
  const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  const signedIn = useQuery(sessionQuery()).data ?? null
  const statement = useQuery(statementQuery(language)).data
  const router = useRouter()
  const queries = useQueryClient()
  const form = useForm<JoinFields>(EMPTY, NAMES)
  const { check, loginParts } = useJoinChecks(form)
  const { values, bind, set, errors } = form

  const join = useMutation({
    mutationFn: () =>
      call(
        'post',
        '/v1/invitations/by-token/{token}/accept',
        {
          path: { token },
          body: {
            name: values.name.trim(),
            ...loginParts(),
            password: values.password,
            language,
            statement_version: view.statement_version,
            accepts_statement: values.accepts,
            is_adult: values.isAdult,
            remember: values.remember,
          },
        },
        { organisation: null },
      ),
    onSuccess: async (session) => {
      await enter(queries, session)
      return router.navigate({ href: session.must.length > 0 ? links.welcome() : links.organisation(view.organisation.slug), replace: true })
    },
    onError: form.fail,
  })

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (check(signedIn !== null)) join.mutate()
  }

  const inviter = isolated(view.inviter_name)
  const place = organisationName(view.organisation, i18n.locale)
  const until = day(view.expires_at, i18n.locale)
  return (
    <Form className={styles.form} onSubmit={submit}>
      <h1 className={styles.title}><Trans>Join {place}</Trans></h1>
      <div className={styles.from}>
        <GroupAvatar name={place} size={36} />
        <div>
          <b><Trans>{inviter} invites you</Trans></b>
          <small><Trans>The link works until {until}</Trans></small>
        </div>
      </div>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <TextField {...bind('name')} label={t`Your name`} size="l" autoComplete="name" autoFocus description={t`As your colleagues know you.`} />
      {signedIn === null ? (
        <>
          <TextField {...bind('login')} label={t`Phone, e-mail or user ID`} size="l" autoComplete="username" description={t`What you will sign in with. Colleagues see it too, unless your organisation decided otherwise.`} />
          <PasswordField {...bind('password')} label={t`Password`} size="l" autoComplete="new-password" />
          <PasswordStrength password={values.password} personal={[values.name, values.login, view.organisation.name, place]} isRefused={errors.password !== undefined} />
        </>
      ) : (
        <>
          <AccountLine signedIn={signedIn} does="join" />
          {(errors.login !== undefined || values.login !== '') && (
            <TextField {...bind('login')} label={t`Phone, e-mail or user ID`} size="l" autoComplete="username" description={t`What you will sign in with. Colleagues see it too, unless your organisation decided otherwise.`} />
          )}
        </>
      )}
      {statement && <StatementSummary statement={statement} />}
      <Checkbox isSelected={values.accepts} onChange={(isOn) => set('accepts', isOn)} errorMessage={errors.accepts}>
        <Trans>I have read the privacy statement {view.statement_version} and agree to it.</Trans>
      </Checkbox>
      <Checkbox isSelected={values.isAdult} onChange={(isOn) => set('isAdult', isOn)} errorMessage={errors.isAdult}>
        <Trans>I am 18 or older.</Trans>
      </Checkbox>
      {signedIn === null && (
        <Checkbox isSelected={values.remember} onChange={(isOn) => set('remember', isOn)}>
          <Trans>Keep me signed in on this device</Trans>
        </Checkbox>
      )}
      <Button type="submit" variant="primary" size="touch" isWide isPending={join.isPending}>
        <Trans>Join</Trans>
      </Button>
      {signedIn === null && (
        <p className={styles.quiet}>
          <Trans>Already have an account here?</Trans> <Link href={links.signIn(links.join(token))}><Trans>Sign in first, then you come back to this invitation.</Trans></Link>
        </p>
      )}
    </Form>
  )
}
