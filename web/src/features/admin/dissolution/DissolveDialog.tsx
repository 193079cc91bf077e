/** Asking to dissolve the organisation: what happens is said, its name is typed, and the password again (ORG-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, markStale } from '~/api/client'
import type { Organisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { actKeys } from '~/shell/acts'
import { useProof } from '~/shell/ProveAgain'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'

export function DissolveDialog({ of, onClose }: { of: Organisation; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const proof = useProof()
  const form = useForm({ name: '' })
  const name = isolated(organisationName(of, i18n.locale))
  const ask = useMutation({
    mutationFn: () => call('post', '/v1/organisation/dissolution', { body: { name: form.values.name } }),
    onSuccess: async () => {
      await markStale(queries, actKeys())
      toast(t`Asked for. It waits under Decisions.`)
      onClose()
    },
    onError: (error) => {
      if (!proof.ask(error, () => ask.mutate())) form.fail(error)
    },
  })
  return (
    <>
      <Dialog
        title={t`Dissolve ${name}?`}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant="danger" type="submit" form={formId} isPending={ask.isPending}><Trans>Ask for it</Trans></Button>
          </>
        }
      >
        <Form
          id={formId}
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            form.begin()
            if (form.values.name.trim() === '') form.refuse('name', t`This is needed.`)
            else ask.mutate()
          }}
        >
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <Banner tone="info"><Trans>This needs your password and a second administrator within 24 hours. Where there is no second one, it happens after 24 hours, and everybody can see it coming.</Trans></Banner>
          <ul className={styles.happens}>
            <li><Trans>Everybody is signed out of {name} at once, on every device. Programs, address books and links to files stop working.</Trans></li>
            <li><Trans>For 60 days owners can sign in to bring it back, or to take the audit log with them, and the people, where there are no more than 500, and do nothing else. Export what else you need before.</Trans></li>
            <li><Trans>Then everything in it is erased for good: people, conversations, files. Accounts that belong to another organisation too go on there.</Trans></li>
          </ul>
          <TextField {...form.bind('name')} label={t`Name of the organisation`} description={t`Type ${name} to show that you mean it.`} autoComplete="off" />
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}
