/** Name and place of a department, who leads it from outside, and who sees whom. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Department } from '~/api/types'
import { DepartmentField } from '~/shell/DepartmentField'
import { isDepartmentBelow } from '~/shell/members'
import { TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { DepartmentLeaders } from './DepartmentLeaders'
import { DottedLeaders } from './DottedLeaders'
import { editOf, valuesOf } from './departmentEdit'
import { useDepartmentLines } from './departmentLines'
import { SightFields } from './SightFields'
import { useWayBack } from './useDepartmentChange'
import styles from './admin.module.css'

interface Props {
  all: readonly Department[]
  department?: Department
  parent?: string
  onClose: () => void
}

export function DepartmentDialog({ all, department, parent, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const offerBack = useWayBack()
  const [before, setBefore] = useState(department)
  const [base, setBase] = useState(department)
  const lines = useDepartmentLines(all, before, department)
  const form = useForm(valuesOf(department, parent), { parent_id: 'parent' })
  const { values, bind, set } = form
  const isOthers = department?.revision !== before?.revision
  if (department && department.revision !== base?.revision) {
    form.rebase(valuesOf(base, parent), valuesOf(department, parent))
    setBase(department)
  }
  const take = () => {
    form.reset(valuesOf(department, parent))
    setBefore(department)
  }
  const save = useMutation({
    mutationFn: async () => {
      if (!department) return call('post', '/v1/departments', { body: { name: values.name.trim(), parent_id: values.parent } }).then(() => null)
      const { change, back } = editOf(all, department, valuesOf(base, parent), values)
      return { left: await call('patch', '/v1/departments/{department}', { path: { department: department.id }, body: change }, { seen: etagOf(department) }), back }
    },
    onSuccess: async (edited) => {
      await markStale(queries, [keyOf('/v1/departments')])
      if (edited === null || Object.keys(edited.back).length === 0) toast(t`Saved`)
      else {
        const { name } = edited.left
        offerBack(edited.left, edited.back.parent_id === undefined ? t`Saved` : t`${name} moved`, edited.back)
      }
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, [keyOf('/v1/departments')])
    },
  })
  const fits = (one: Department) => one.can.edit && (department === undefined || !isDepartmentBelow(all, one.id, department.id))
  return (
    <Dialog
      title={department ? t`Change ${department.name}` : t`Add a department`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{department ? t`Save` : t`Add`}</Button>
        </>
      }
    >
      <Form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          form.begin()
          if (values.name.trim() === '') form.refuse('name', t`This is needed.`)
          else save.mutate()
        }}
      >
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {isOthers && <TheirChanges lines={lines} onTake={take} told={{ events: ['directory.department_written'], about: department?.id, revision: department?.revision }} />}
        <TextField {...bind('name')} label={t({ message: 'Name', context: 'of a thing' })} autoFocus />
        <DepartmentField {...bind('parent')} label={t`Below`} none={t`The organisation itself`} fits={fits} />
        {department && <DepartmentLeaders ids={department.leader_ids} />}
        {department && <DottedLeaders value={values.dotted} onChange={(ids) => set('dotted', ids)} />}
        {department?.sight && <SightFields all={all} department={department} value={values} onChange={(sight) => (set('is_hidden', sight.is_hidden), set('sees', sight.sees), set('also', sight.also))} />}
      </Form>
    </Dialog>
  )
}
