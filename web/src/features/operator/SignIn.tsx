/** Signing in as an operator: a name and a password that open no organisation. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '~/api/client'
import { hasCode } from '~/api/error'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { TextField } from '~/ui/TextField'
import styles from './operator.module.css'
import { operatorSession, OUTSIDE } from './queries'

export function SignIn() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const form = useForm({ name: '', password: '' })
  const signIn = useMutation({
    mutationFn: () => call('post', '/v1/operator/session', { body: form.values }, OUTSIDE),
    onSuccess: (session) => queries.setQueryData(operatorSession().queryKey, session),
    onError: (error) => {
      form.fail(error)
      if (hasCode(error, 'identity.wrong_credentials')) form.set('password', '')
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (form.values.name.trim() === '') return form.refuse('name', t`This is needed.`)
    if (form.values.password === '') return form.refuse('password', t`This is needed.`)
    signIn.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      <h1 className={styles.title}><Trans>Sign in as an operator</Trans></h1>
      <p className={styles.quiet}><Trans>For whoever runs this server. Here one looks after organisations and cannot read what is in them. Operators are added on the server's own machine.</Trans></p>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <TextField {...form.bind('name')} label={t`Name`} size="l" autoComplete="username" autoFocus />
      <PasswordField {...form.bind('password')} label={t`Password`} size="l" autoComplete="current-password" />
      <Button type="submit" variant="primary" size="touch" isWide isPending={signIn.isPending}><Trans>Sign in</Trans></Button>
    </Form>
  )
}
