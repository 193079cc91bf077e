/** Answers a request, refuses it with its ground, or says who has it now; the words begin as a draft in the language of whoever asked. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '~/api/client'
import type { SubjectRequest, SubjectRequestDrafts, SubjectRequestGround, SubjectRequestOutcome } from '~/api/types'
import { useRefusalGrounds } from '~/shell/subjectRequests'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { Segmented } from '~/ui/Segmented'
import { Select } from '~/ui/Select'
import { TextArea } from '~/ui/TextArea'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'

const GROUNDS: readonly SubjectRequestGround[] = ['nothing_held', 'law_requires', 'rights_of_others', 'excessive', 'identity_unproven']

interface Props {
  request: SubjectRequest
  drafts: SubjectRequestDrafts
  onDone: (request: SubjectRequest) => Promise<void>
  onCancel: () => void
}

interface Fields extends Record<string, unknown> {
  ground: SubjectRequestGround
  forwarded_to: string
  text: string
}

export function FinishForm({ request, drafts, onDone, onCancel }: Props) {
  const { t } = useLingui()
  const { can } = request
  const grounds = useRefusalGrounds()
  const [outcome, setOutcome] = useState<SubjectRequestOutcome>(can.answer ? 'answered' : 'forwarded')
  const form = useForm<Fields>({ ground: can.answer ? 'nothing_held' : 'identity_unproven', forwarded_to: '', text: drafts[outcome] })
  const { values, bind, set } = form
  useUnsaved(form.hasChanges)
  const send = useMutation({
    mutationFn: () =>
      call('post', '/v1/subject-requests/{subject_request}/finish', {
        path: { subject_request: request.id },
        body: { outcome, text: values.text, ground: outcome === 'refused' ? values.ground : null, forwarded_to: outcome === 'forwarded' ? values.forwarded_to : null },
      }),
    onSuccess: onDone,
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (outcome === 'forwarded' && values.forwarded_to.trim() === '') return form.refuse('forwarded_to', t`This is needed.`)
    if (values.text.trim() === '') return form.refuse('text', t`This is needed.`)
    send.mutate()
  }
  // Words that somebody changed stay theirs.
  const choose = (next: SubjectRequestOutcome) => {
    if (values.text === drafts[outcome]) set('text', drafts[next])
    setOutcome(next)
  }
  const views: { id: SubjectRequestOutcome; label: string; may: boolean }[] = [
    { id: 'answered', label: t`Answer`, may: can.answer },
    { id: 'refused', label: t`Refusal`, may: can.answer || can.refuse_unproven },
    { id: 'forwarded', label: t`Forwarding`, may: can.forward },
  ]
  return (
    <Form className={styles.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <Segmented label={t`How it ends`} views={views.filter((view) => view.may)} value={outcome} onChange={choose} />
      {outcome === 'refused' && <Select label={t`Ground of the refusal`} choices={GROUNDS.filter((id) => can.answer || id === 'identity_unproven').map((id) => ({ id, label: grounds[id] }))} value={values.ground} onChange={(ground) => set('ground', ground)} />}
      {outcome === 'forwarded' && <TextField {...bind('forwarded_to')} label={t`Who has it now`} description={t`Who decides about that data, and where they are reached.`} maxLength={200} />}
      <TextArea {...bind('text')} label={t`What they read`} description={t`Change it as you like. No data belongs in here: copies are taken where everybody takes them.`} rows={10} maxLength={4000} />
      <div className={styles.save}>
        <Button type="submit" variant="primary" isPending={send.isPending}><Trans>Send</Trans></Button>
        <Button onPress={onCancel}><Trans>Cancel</Trans></Button>
      </div>
    </Form>
  )
}
