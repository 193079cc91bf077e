/** Signing in with phone, e-mail or user id. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '~/api/client'
import { hasCode } from '~/api/error'
import type { Session } from '~/api/types'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { enter, homeOrganisation, isOpen, rememberOrganisation, useCapabilities } from '~/shell/session'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { TextField } from '~/ui/TextField'
import { PublicFrame } from './PublicFrame'
import styles from './forms.module.css'

const route = getRouteApi('/sign-in')

/** What the address says: where to go on, why one was signed out, which organisation. */
export interface SignInSearch {
  next?: string
  bye?: string
  organisation?: string
}

/** Only a path of this host: an address from outside must not decide where a sign-in ends. */
export function safeNext(next: string | undefined): string | undefined {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : undefined
}

/** What is in another organisation than the one that was named is not gone on with. */
function nextIn(slug: string | undefined, next: string | undefined): string | undefined {
  const path = safeNext(next)
  const place = path === undefined ? undefined : /^\/o\/([^/?#]+)/.exec(path)?.[1]
  return slug !== undefined && place !== undefined && place !== encodeURIComponent(slug) ? undefined : path
}

/** The same user id may exist in several organisations; a phone number or an address may not. */
const isUserId = (login: string) => !login.includes('@') && !/^\+?[\d\s-]+$/.test(login.trim())

export function SignInPage() {
  const { t } = useLingui()
  const { next, bye, organisation }: SignInSearch = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const isShared = useCapabilities()?.is_shared === true
  const form = useForm({ login: '', password: '', remember: true, organisation: organisation ?? '' })
  const [asksOrganisation, setAsksOrganisation] = useState(organisation !== undefined)
  /** It was just asked for: the password may have been right. */
  const [isJustAsked, setJustAsked] = useState(false)

  const go = async (session: Session) => {
    await enter(queries, session)
    // Whoever said which organisation comes into that one, also after what has to be done first.
    const wanted = form.values.organisation.trim().toLowerCase()
    const named = session.organisations.find((place) => place.slug === wanted && isOpen(place))
    if (named) rememberOrganisation(named.slug)
    const home = named ?? homeOrganisation(session)
    if (session.must.length > 0 || home === null) return router.navigate({ href: links.welcome() })
    return router.navigate({ href: nextIn(named?.slug, next) ?? links.organisation(home.slug), replace: true })
  }

  const signIn = useMutation({
    mutationFn: () => call('post', '/v1/sessions', { body: { ...form.values, login: form.values.login.trim(), organisation: form.values.organisation.trim() || null } }, { organisation: null }),
    onSuccess: go,
    onError: (error) => {
      form.fail(error)
      if (!hasCode(error, 'identity.wrong_credentials')) return
      form.set('password', '')
      if (!isShared || !isUserId(form.values.login) || asksOrganisation) return
      setAsksOrganisation(true)
      setJustAsked(true)
    },
  })

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    setJustAsked(false)
    if (form.values.login.trim() === '') return form.refuse('login', t`This is needed.`)
    if (form.values.password === '') return form.refuse('password', t`This is needed.`)
    signIn.mutate()
  }

  return (
    <PublicFrame note={<Trans>Each sign-in is recorded with its time, device and IP address. You find them in your settings.</Trans>}>
      <PublicTitle>{t`Sign in`}</PublicTitle>
      <Form className={styles.form} onSubmit={submit}>
        <h1 className={styles.title}>
          <Trans>Sign in</Trans>
        </h1>
        {bye !== undefined && form.problem === null && <Farewell code={bye} />}
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}{isJustAsked && <> <Trans>Several organisations share this server: say which is yours.</Trans></>}</Banner>}
        <TextField {...form.bind('login')} label={t`Phone, e-mail or user ID`} size="l" autoComplete="username" autoFocus />
        <PasswordField {...form.bind('password')} label={t`Password`} size="l" autoComplete="current-password" />
        {asksOrganisation && (
          <TextField {...form.bind('organisation')} label={t`Short name of the organisation`} size="l" description={t`Only needed with a user ID. It stands in the address after /o/.`} />
        )}
        <Checkbox isSelected={form.values.remember} onChange={(isOn) => form.set('remember', isOn)}>
          <Trans>Keep me signed in on this device</Trans>
        </Checkbox>
        <Button type="submit" variant="primary" size="touch" isWide isPending={signIn.isPending}>
          <Trans>Sign in</Trans>
        </Button>
        <p className={styles.quiet}>
          <Trans>Forgotten the password, or no account yet? An administrator of your organisation can give you a new password or an invitation.</Trans>
        </p>
      </Form>
    </PublicFrame>
  )
}

function Farewell({ code }: { code: string }) {
  if (code === 'suspended') {
    return <Banner tone="warn"><Trans>Your access to this organisation has ended. Ask an administrator.</Trans></Banner>
  }
  if (code === 'disabled') {
    return <Banner tone="warn"><Trans>An administrator has disabled this account for a while. Ask them if you think this is a mistake.</Trans></Banner>
  }
  if (code === 'ended') {
    return <Banner tone="info"><Trans>You are not signed in here any more. If your access has ended, signing in says why.</Trans></Banner>
  }
  if (code === 'left') {
    return <Banner tone="info"><Trans>You have left. Your profile, drafts and own contacts there are erased in 14 days; until then an administrator can let you in again.</Trans></Banner>
  }
  if (code === 'revoked') {
    return <Banner tone="warn"><Trans>This device was signed out from another one.</Trans></Banner>
  }
  return null
}
