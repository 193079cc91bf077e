/** The password for one time becomes one of the operator's own. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '~/api/client'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { PasswordStrength } from '~/ui/PasswordStrength'
import styles from './operator.module.css'
import { operatorSession, OUTSIDE } from './queries'

export function ChangePassword() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const form = useForm({ current: '', password: '' }, { new: 'password' })
  const change = useMutation({
    mutationFn: () => call('post', '/v1/operator/password', { body: { current: form.values.current, new: form.values.password } }, OUTSIDE),
    onSuccess: () => queries.refetchQueries({ queryKey: operatorSession().queryKey }),
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    change.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      <h1 className={styles.title}><Trans>Choose your own password</Trans></h1>
      <p className={styles.quiet}><Trans>The password you were given was only for the first time. Whoever gave it to you must not know the next one.</Trans></p>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <PasswordField {...form.bind('current')} label={t`The password you were given`} size="l" autoComplete="current-password" autoFocus isRequired />
      <PasswordField {...form.bind('password')} label={t`New password`} size="l" autoComplete="new-password" isRequired />
      <PasswordStrength password={form.values.password} personal={[]} isRefused={form.errors.password !== undefined} />
      <Button type="submit" variant="primary" size="touch" isWide isPending={change.isPending}><Trans>Use this password</Trans></Button>
    </Form>
  )
}
