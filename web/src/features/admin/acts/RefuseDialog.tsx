/** Saying no to a sensitive act, and why if one likes: whoever asked reads it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, markStale } from '~/api/client'
import type { SensitiveAct } from '~/api/types'
import { actKeys } from '~/shell/acts'
import { ActText } from '~/shell/ActText'
import type { MembersById } from '~/shell/members'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextArea } from '~/ui/TextArea'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'

export function RefuseDialog({ act, people, onClose }: { act: SensitiveAct; people: MembersById; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const form = useForm({ reason: '' })
  const refuse = useMutation({
    mutationFn: () => call('post', '/v1/sensitive-acts/{act}/refuse', { path: { act: act.id }, body: form.values }),
    onSuccess: async () => {
      await markStale(queries, actKeys())
      toast(t`Refused`)
      onClose()
    },
    onError: (error) => form.fail(error),
  })
  return (
    <Dialog
      title={t`Refuse this?`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="danger" type="submit" form={formId} isPending={refuse.isPending}><Trans>Refuse</Trans></Button>
        </>
      }
    >
      <Form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          form.begin()
          refuse.mutate()
        }}
      >
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <p><ActText act={act} people={people} /></p>
        <TextArea {...form.bind('reason')} label={t`Reason`} rows={3} maxLength={200} description={t`Optional. Whoever asked reads it, and whoever decides about such things.`} autoFocus />
      </Form>
    </Dialog>
  )
}
