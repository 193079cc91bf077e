/** Tells whoever asked why it takes longer. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { call } from '~/api/client'
import type { SubjectRequest } from '~/api/types'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { TextArea } from '~/ui/TextArea'
import styles from '../admin.module.css'

interface Props {
  label: string
  request: SubjectRequest
  draft: string
  onDone: (request: SubjectRequest) => Promise<void>
  onCancel: () => void
}

export function DelayForm({ label, request, draft, onDone, onCancel }: Props) {
  const { t } = useLingui()
  const form = useForm({ reason: request.told.delay ?? draft })
  useUnsaved(form.hasChanges)
  const save = useMutation({
    mutationFn: () => call('post', '/v1/subject-requests/{subject_request}/explain-delay', { path: { subject_request: request.id }, body: form.values }),
    onSuccess: onDone,
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (form.values.reason.trim() === '') return form.refuse('reason', t`This is needed.`)
    save.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <TextArea {...form.bind('reason')} label={label} description={t`Whoever asked reads it.`} rows={8} maxLength={4000} autoFocus />
      <div className={styles.save}>
        <Button type="submit" variant="primary" isPending={save.isPending}><Trans>Send</Trans></Button>
        <Button onPress={onCancel}><Trans>Cancel</Trans></Button>
      </div>
    </Form>
  )
}
