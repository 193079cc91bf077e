/** Name and place of a department. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import type { Department } from '~/api/types'
import { departmentChoices } from '~/shell/members'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'

interface Props {
  all: readonly Department[]
  department?: Department
  parent?: string
  onClose: () => void
}

const TOP = 'top'

function isBelow(all: readonly Department[], id: string, top: string): boolean {
  const parent = all.find((one) => one.id === id)?.parent_id
  return id === top || (typeof parent === 'string' && isBelow(all, parent, top))
}

export function DepartmentDialog({ all, department, parent, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const form = useForm({ name: department?.name ?? '', parent: department?.parent_id ?? parent ?? TOP }, { parent_id: 'parent' })
  const { values, bind } = form
  const save = useMutation({
    mutationFn: () => {
      const body = { name: values.name.trim(), parent_id: values.parent === TOP ? null : values.parent }
      return department ? call('patch', '/v1/departments/{department}', { path: { department: department.id }, body }) : call('post', '/v1/departments', { body })
    },
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/departments')])
      toast(t`Saved`)
      onClose()
    },
    onError: form.fail,
  })
  const places = departmentChoices(all).filter((one) => department === undefined || !isBelow(all, one.id, department.id)).filter((one) => one.id === values.parent || all.some((some) => some.id === one.id && some.can.edit))
  return (
    <Dialog
      title={department ? t`Change ${department.name}` : t`Add a department`}
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
        <TextField {...bind('name')} label={t({ message: 'Name', context: 'of a thing' })} autoFocus />
        <Select {...bind('parent')} label={t`Below`} choices={[{ id: TOP, label: t`The organisation itself` }, ...places]} />
      </Form>
    </Dialog>
  )
}
