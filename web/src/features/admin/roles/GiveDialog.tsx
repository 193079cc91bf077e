/** Gives somebody a role, for everything or for a department; shows before what that opens, or why it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, markStale, type AnswerOf } from '~/api/client'
import type { AccessRole, Department, Member } from '~/api/types'
import { listOf } from '~/lib/lists'
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
import { usePermissionWords, useRoleDetail, useRoleName } from './words'

/** So many permissions that are only for the whole organisation are named; the others are counted. */
const NAMED = 3

/** Nothing is chosen for anybody: a role for more than was meant is given in one press. */
interface Values extends Record<string, unknown> {
  member: string
  role: string | null
  department: string | null | undefined
}

interface Props {
  roles: AnswerOf<'get', '/v1/roles'>
  role?: AccessRole | undefined
  onClose: () => void
}

/** Why no department can be chosen for the role: which of its permissions are about the whole organisation. */
function useOnlyWhole(all: Props['roles'], role: AccessRole | undefined): string | undefined {
  const { t, i18n } = useLingui()
  const words = usePermissionWords()
  if (role === undefined || role.fits_departments) return undefined
  const whole = all.permissions.filter((one) => !one.fits_departments && role.permissions.includes(one.permission)).map((one) => words[one.permission].label)
  const names = listOf(i18n.locale, whole.slice(0, NAMED))
  const more = whole.length - NAMED
  return more > 0
    ? t`This role can only be given for the whole organisation, because of: ${names}, and ${more} more.`
    : t`This role can only be given for the whole organisation, because of: ${names}.`
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
  const form = useForm<Values>({ member: '', role: role?.id ?? null, department: undefined }, { member_id: 'member', role_id: 'role', department_id: 'department' })
  const { values, bind } = form
  const chosen = roles.items.find((one) => one.id === values.role)
  const fits = chosen?.fits_departments === true
  const onlyWhole = useOnlyWhole(roles, chosen)
  const body = { member_id: person?.id ?? '', role_id: values.role ?? '', department_id: fits ? (values.department ?? null) : null }
  const isChosen = person !== null && values.role !== null && (!fits || values.department !== undefined)
  const preview = useQuery({ ...rolePreview(body), enabled: isChosen })
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
  const parts = roles.gives_in ?? null
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (person === null) return form.refuse('member', t`Choose somebody.`)
    if (values.role === null) return form.refuse('role', t`Choose a role.`)
    if (!isChosen) return form.refuse('department', parts === null ? t`Choose a department, or the whole organisation.` : t`Choose a department.`)
    give.mutate()
  }
  const isGiven = (one: Department) => parts === null || parts.some((part) => isDepartmentBelow(all, one.id, part))
  const shown = isChosen ? preview.data : undefined
  const needsSecond = shown?.needs_second === true
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
            <Button variant="primary" type="submit" form={formId} isPending={give.isPending} isDisabled={typeof shown?.refusal === 'string'}>{needsSecond ? t`Ask for it` : t`Give the role`}</Button>
          </>
        }
      >
        <Form id={formId} className={styles.form} onSubmit={submit}>
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <PersonField hasFocus label={t`To whom`} value={person} onChange={setPerson} errorMessage={form.errors.member} />
          <Select {...bind('role')} label={t`Role`} placeholder={t`Choose`} description={onlyWhole} choices={given.map((one) => ({ id: one.id, label: nameOf(one), detail: detailOf(one) }))} />
          {fits && <DepartmentField {...bind('department')} label={t`For`} none={parts === null ? t`The whole organisation` : undefined} fits={isGiven} description={typeof values.department === 'string' ? t`With everything below it` : undefined} />}
          {person !== null && shown && <Preview name={person.name} preview={shown} />}
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}
