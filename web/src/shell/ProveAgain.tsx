/** Asks for the password again before something sensitive, then does it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '~/api/client'
import { hasCode } from '~/api/error'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { PasswordField } from '~/ui/PasswordField'
import { useForm } from './useForm'
import styles from './ProveAgain.module.css'

/** `ask(error, again)` says whether the error was only that; `first(then)` asks before; `dialog` is to be drawn. */
export function useProof() {
  const [again, setAgain] = useState<(() => void) | null>(null)
  return {
    ask: (error: unknown, retry: () => void) => {
      if (!hasCode(error, 'identity.prove_again')) return false
      setAgain(() => retry)
      return true
    },
    first: (then: () => void) => setAgain(() => then),
    dialog: again === null ? null : <ProveDialog onClose={() => setAgain(null)} onProven={again} />,
  }
}

function ProveDialog({ onClose, onProven }: { onClose: () => void; onProven: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const form = useForm({ password: '' })
  const prove = useMutation({
    mutationFn: () => call('post', '/v1/session/proof', { body: { password: form.values.password } }),
    onSuccess: () => {
      onClose()
      onProven()
    },
    onError: form.fail,
  })
  return (
    <Dialog
      title={t`Your password again`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={prove.isPending}><Trans>Continue</Trans></Button>
        </>
      }
    >
      <Form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          form.begin()
          if (form.values.password === '') form.refuse('password', t`This is needed.`)
          else prove.mutate()
        }}
      >
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <p><Trans>This act takes your password. It counts for ten minutes on this device.</Trans></p>
        <PasswordField {...form.bind('password')} label={t`Password`} autoComplete="current-password" autoFocus />
      </Form>
    </Dialog>
  )
}
