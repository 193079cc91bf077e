/** A password that was good for the first time becomes one of one's own: a member's, or an operator's. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { PasswordStrength } from '~/ui/PasswordStrength'
import { useForm } from './useForm'

interface Props {
  save: (passwords: { current: string; new: string }) => Promise<unknown>
  onSaved: () => unknown
  /** Who has just signed in with it types it again only when the server wants it, because that was a while ago. */
  hasJustTyped?: boolean
  /** How the page around it looks. */
  styles: Readonly<Record<'form' | 'title' | 'lead', string | undefined>>
}

export function OwnPassword({ save, onSaved, hasJustTyped = false, styles }: Props) {
  const { t } = useLingui()
  const form = useForm({ current: '', password: '' }, { new: 'password' })
  const [isAsked, setAsked] = useState(!hasJustTyped)
  const change = useMutation({
    mutationFn: () => save({ current: form.values.current, new: form.values.password }),
    onSuccess: onSaved,
    onError: (error) => {
      if (form.fail(error) === 'current') setAsked(true)
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    change.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      <h1 className={styles.title}><Trans>Choose your own password</Trans></h1>
      <p className={styles.lead}><Trans>The password you were given was only for the first time. Whoever gave it to you must not know the next one.</Trans></p>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {isAsked && <PasswordField {...form.bind('current')} label={t`The password you were given`} size="l" autoComplete="current-password" autoFocus isRequired />}
      <PasswordField {...form.bind('password')} label={t`New password`} size="l" autoComplete="new-password" autoFocus={!isAsked} isRequired />
      <PasswordStrength password={form.values.password} personal={[]} isRefused={form.errors.password !== undefined} />
      <Button type="submit" variant="primary" size="touch" isWide isPending={change.isPending}><Trans>Use this password</Trans></Button>
    </Form>
  )
}
