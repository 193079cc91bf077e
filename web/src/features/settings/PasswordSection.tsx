/** Changing the password; every other device is signed out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '~/api/client'
import type { Me } from '~/api/types'
import { Section } from '~/shell/Page'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { PasswordStrength } from '~/ui/PasswordStrength'
import { toast } from '~/ui/toast'
import styles from './settings.module.css'

const EMPTY = { current: '', password: '' }

export function PasswordSection({ me, organisation }: { me: Me; organisation: string }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const form = useForm(EMPTY, { new: 'password' })
  const { values, bind } = form
  const change = useMutation({
    mutationFn: () => call('post', '/v1/password', { body: { current: values.current, new: values.password } }, { organisation: null }),
    onSuccess: () => {
      toast(t`Password changed. Other devices are signed out.`)
      form.reset(EMPTY)
      setOpen(false)
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: form.fail,
  })
  return (
    <Section
      title={t`Password`}
      lead={t`After a change every other device is signed out.`}
      actions={!isOpen && <Button onPress={() => setOpen(true)}><Trans>Change</Trans></Button>}
    >
      {isOpen && (
        <Form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            form.begin()
            change.mutate()
          }}
        >
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <PasswordField {...bind('current')} label={t`Current password`} autoComplete="current-password" autoFocus isRequired />
          <PasswordField {...bind('password')} label={t`New password`} autoComplete="new-password" isRequired />
          <PasswordStrength password={values.password} personal={[me.name, me.user_id ?? '', organisation]} isRefused={form.errors.password !== undefined} />
          <div className={styles.save}>
            <Button type="submit" variant="primary" isPending={change.isPending}><Trans>Change password</Trans></Button>
            <Button variant="ghost" onPress={() => setOpen(false)}><Trans>Cancel</Trans></Button>
          </div>
        </Form>
      )}
    </Section>
  )
}
