/** Shuts an organisation, with a reason other operators can read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '~/api/client'
import type { HostedOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextArea } from '~/ui/TextArea'
import { toast } from '~/ui/toast'
import styles from './operator.module.css'
import { ORGANISATIONS, OUTSIDE } from './queries'

export function SuspendDialog({ of, onClose }: { of: HostedOrganisation; onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const form = useForm({ reason: '' })
  const name = isolated(of.name)
  const suspend = useMutation({
    mutationFn: () => call('post', '/v1/operator/organisations/{organisation}/suspend', { path: { organisation: of.id }, body: form.values }, OUTSIDE),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ORGANISATIONS })
      toast(t`${name} is suspended`)
      onClose()
    },
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    suspend.mutate()
  }
  return (
    <Dialog
      title={t`Suspend ${name}?`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="danger" type="submit" form="suspend" isPending={suspend.isPending}><Trans>Suspend</Trans></Button>
        </>
      }
    >
      <Form id="suspend" className={styles.fields} onSubmit={submit}>
        <p><Trans>Its people lose their open windows at once, and its programs, address books and links stop. Nothing is deleted. Whoever also belongs to another organisation goes on there.</Trans></p>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <TextArea {...form.bind('reason')} label={t`Reason`} rows={3} description={t`Operators read it here. The people of the organisation are told to ask whoever runs this server.`} />
      </Form>
    </Dialog>
  )
}
