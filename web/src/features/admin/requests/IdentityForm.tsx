/** Says by what it is known who asks: by what is held already, and nothing more (DSR-09). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '~/api/client'
import type { Member, SubjectRequest } from '~/api/types'
import { PersonField } from '~/shell/PersonField'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { RadioCards } from '~/ui/RadioCards'
import styles from '../admin.module.css'

type Proof = 'contact' | 'in_person' | 'papers'

interface Props {
  request: SubjectRequest
  onDone: (request: SubjectRequest) => Promise<void>
}

export function IdentityForm({ request, onDone }: Props) {
  const { t } = useLingui()
  const form = useForm<{ proof: Proof; member_id: null }>({ proof: 'contact', member_id: null })
  const [person, setPerson] = useState<Member | null>(null)
  const { values, set, errors } = form
  const check = useMutation({
    mutationFn: () => call('post', '/v1/subject-requests/{subject_request}/check-identity', { path: { subject_request: request.id }, body: { proof: values.proof, member_id: person?.id ?? null } }),
    onSuccess: onDone,
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    check.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <RadioCards
        label={t`By what is it known who asks?`}
        description={t`Ask for no more than you hold already. The time for the answer runs from now.`}
        value={values.proof}
        onChange={(proof) => set('proof', proof)}
        errorMessage={errors.proof}
        cards={[
          { id: 'contact', title: t`Held number or address`, detail: t`You called or wrote to one that is held of them, and they answered.` },
          { id: 'in_person', title: t`In person`, detail: t`They came, and somebody here knows them.` },
          { id: 'papers', title: t`Papers`, detail: t`They showed papers. Keep no copy.` },
        ]}
      />
      {request.kind !== 'deceased' && <PersonField label={t`Who it is, if they are here`} value={person} onChange={setPerson} errorMessage={errors.member_id} />}
      <div className={styles.save}><Button type="submit" variant="primary" isPending={check.isPending}><Trans>It is known who asks</Trans></Button></div>
    </Form>
  )
}
