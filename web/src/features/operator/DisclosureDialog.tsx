/** Writes down what was handed to an authority because the law says so. Nothing takes it back (ORG-07). */
import { getLocalTimeZone, today } from '@internationalized/date'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CheckboxGroup, Label } from 'react-aria-components'
import { call, markStale } from '~/api/client'
import type { DisclosedKind, Disclosure, HostedOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { fullDay } from '~/lib/dates'
import { useDisclosedKinds } from '~/shell/Disclosures'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { DateField } from '~/ui/DateField'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from './operator.module.css'
import { OUTSIDE, verificationRequest } from './queries'

const KINDS: readonly DisclosedKind[] = ['claim', 'documents', 'contact']

interface Props {
  of: HostedOrganisation
  /** What is corrected; a record of its own when there is nothing. */
  corrects: Disclosure | null
  onClose: () => void
}

export function DisclosureDialog({ of, corrects, onClose }: Props) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const names = useDisclosedKinds()
  const name = isolated(of.name)
  const form = useForm<{ recipient: string; ground: string; kinds: DisclosedKind[]; disclosed_on: string }>({
    recipient: corrects?.recipient ?? '',
    ground: corrects?.ground ?? '',
    kinds: corrects?.kinds ?? [],
    disclosed_on: corrects?.disclosed_on ?? today(getLocalTimeZone()).toString(),
  })
  const { values, bind, set, errors } = form
  // Written out: 12/01 is two days. At noon no zone turns it into another one.
  const on = values.disclosed_on === '' ? '' : fullDay(`${values.disclosed_on}T12:00:00`, i18n.locale)
  const record = useMutation({
    mutationFn: () => call('post', '/v1/operator/organisations/{organisation}/verification/disclosures', { path: { organisation: of.id }, body: { ...values, corrects: corrects?.id ?? null } }, OUTSIDE),
    onSuccess: async () => {
      await markStale(queries, [verificationRequest(of.id).queryKey])
      toast(t`Written down; ${name} reads it`)
      onClose()
    },
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.kinds.length === 0) return form.refuse('kinds', t`Choose what was handed over.`)
    if (values.disclosed_on === '') return form.refuse('disclosed_on', t`This is needed.`)
    record.mutate()
  }
  return (
    <Dialog
      title={corrects === null ? t`Record a disclosure` : t`Correct a record`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form="disclosure" isPending={record.isPending}><Trans>Record</Trans></Button>
        </>
      }
    >
      <Form id="disclosure" className={styles.fields} onSubmit={submit}>
        <p><Trans>What the law made you hand over of {name}. Its administrators read this record, and its audit log says so. It cannot be changed or deleted; a correction is another record.</Trans></p>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <TextField {...bind('recipient')} label={t`To which authority, or to whom it named`} autoFocus />
        <TextField {...bind('ground')} label={t`Legal ground and number of the order`} />
        <CheckboxGroup value={values.kinds} onChange={(chosen) => set('kinds', KINDS.filter((kind) => chosen.includes(kind)))}>
          <Label className={styles.legend}><Trans>What was disclosed</Trans></Label>
          <div className={styles.documents}>{KINDS.map((kind) => <Checkbox key={kind} value={kind}>{names[kind]}</Checkbox>)}</div>
        </CheckboxGroup>
        {errors.kinds !== undefined && <Banner tone="bad" isAlert>{errors.kinds}</Banner>}
        <DateField {...bind('disclosed_on')} label={t`On which day`} description={on === '' ? undefined : t`${on}. This day cannot be changed later.`} />
      </Form>
    </Dialog>
  )
}
