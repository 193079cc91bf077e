/** Gives somebody a role, for everything or for a department; shows before what that opens, or why it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, markStale, type AnswerOf } from '~/api/client'
import type { AccessRole, Department, Member } from '~/api/types'
import { actKeys } from '~/shell/acts'
import { DepartmentField } from '~/shell/DepartmentField'
import { departments, isDepartmentBelow } from '~/shell/members'
import { useProof } from '~/shell/ProveAgain'
import { PersonField } from '~/shell/PersonField'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { roleKeys, rolePreview } from '../queries'
import { Preview } from './Preview'
import { useRoleDetail, useRoleName } from './words'

interface Props {
  roles: AnswerOf<'get', '/v1/roles'>
  role?: AccessRole | undefined
  onClose: () => void
}

export function GiveDialog({ roles, role, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const nameOf = useRoleName()
  const detailOf = useRoleDetail()
  const proof = useProof()
  const [person, setPerson] = useState<Member | null>(null)
  const all = useQuery(departments()).data?.items ?? []
  const given = roles.items.filter((one) => one.can.give)
  const first = role?.id ?? given.find((one) => one.built_in === undefined)?.id ?? given.at(-1)?.id ?? ''
  const form = useForm({ member: '', role: first, department: roles.gives_in?.[0] ?? null }, { member_id: 'member', role_id: 'role', department_id: 'department' })
  const { values, bind } = form
  const chosen = roles.items.find((one) => one.id === values.role)
  const fits = chosen?.fits_departments === true
  const body = { member_id: person?.id ?? '', role_id: values.role, department_id: fits ? values.department : null }
  const preview = useQuery({ ...rolePreview(body), enabled: person !== null && values.role !== '' })
  const give = useMutation({
    mutationFn: () => call('post', '/v1/role-grants', { body }),
    onSuccess: async ({ act }) => {
      await markStale(queries, [...roleKeys(), ...actKeys()])
      toast(act ? t`Asked for. It waits under Decisions.` : t`Role given`)
      onClose()
    },
    onError: (error) => {
      if (!proof.ask(error, () => give.mutate())) form.fail(error)
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (person === null) return form.refuse('member', t`Choose somebody.`)
    give.mutate()
  }
  const parts = roles.gives_in ?? null
  const isGiven = (one: Department) => parts === null || parts.some((part) => isDepartmentBelow(all, one.id, part))
  const needsSecond = preview.data?.needs_second === true
  return (
    <>
      <Dialog
        title={t`Give a role`}
        size={560}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant="primary" type="submit" form={formId} isPending={give.isPending} isDisabled={typeof preview.data?.refusal === 'string'}>{needsSecond ? t`Ask for it` : t`Give the role`}</Button>
          </>
        }
      >
        <Form id={formId} className={styles.form} onSubmit={submit}>
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <PersonField hasFocus label={t`To whom`} value={person} onChange={setPerson} errorMessage={form.errors.member} />
          <Select {...bind('role')} label={t`Role`} choices={given.map((one) => ({ id: one.id, label: nameOf(one), detail: detailOf(one) }))} />
          {fits && <DepartmentField {...bind('department')} label={t`For`} none={parts === null ? t`The whole organisation` : undefined} fits={isGiven} description={values.department === null ? undefined : t`With everything below it`} />}
          {person !== null && preview.data && <Preview name={person.name} preview={preview.data} />}
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}
