/** Writes a role, changes one, or shows what a built-in one opens. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { CheckboxGroup, Label } from 'react-aria-components'
import { call, etagOf, markStale, type AnswerOf } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { AccessRole, Permission } from '~/api/types'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { roleKeys } from '../queries'
import { usePermissionWords, useRoleName } from './words'

interface Values extends Record<string, unknown> {
  name: string
  permissions: Permission[]
}

interface Props {
  roles: AnswerOf<'get', '/v1/roles'>
  role?: AccessRole | undefined
  onClose: () => void
}

export function RoleDialog({ roles, role, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const words = usePermissionWords()
  const nameOf = useRoleName()
  const isFixed = role !== undefined && !role.can.edit
  const valuesOf = (of: AccessRole | undefined): Values => ({ name: of ? nameOf(of) : '', permissions: of?.permissions ?? [] })
  const form = useForm<Values>(valuesOf(role))
  const { values, bind, set } = form
  const { before, take } = useTheirs(role, valuesOf, form)
  const named = (of: AccessRole | undefined) => (of?.permissions ?? []).map((one) => words[one].label).join(' · ')
  const lines = differing([
    { id: 'name', label: t({ message: 'Name', context: 'of a thing' }), value: role ? nameOf(role) : '', was: before && nameOf(before), is: role && nameOf(role) },
    { id: 'permissions', label: t`It may`, value: named(role), was: before?.permissions, is: role?.permissions },
  ])
  const save = useMutation({
    mutationFn: () => (role ? call('patch', '/v1/roles/{role}', { path: { role: role.id }, body: { name: values.name.trim(), permissions: values.permissions } }, { seen: etagOf(role) }) : call('post', '/v1/roles', { body: { name: values.name.trim(), permissions: values.permissions } })),
    onSuccess: async () => {
      await markStale(queries, roleKeys())
      toast(t`Saved`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, roleKeys())
    },
  })
  const offered = roles.permissions.filter((one) => (isFixed ? role.permissions.includes(one.permission) : one.may_use || values.permissions.includes(one.permission)))
  const title = role ? (isFixed ? t`What ${nameOf(role)} opens` : t`Change ${nameOf(role)}`) : t`New role`
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.name.trim() === '') return form.refuse('name', t`This is needed.`)
    save.mutate()
  }
  return (
    <Dialog
      title={title}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        isFixed ? (
          <Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>
        ) : (
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{role ? t`Save` : t`Make the role`}</Button>
          </>
        )
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {lines.length > 0 && <TheirChanges lines={lines} onTake={take} told={{ events: ['directory.role_written'], about: role?.id, revision: role?.revision }} />}
        {!isFixed && <TextField {...bind('name')} label={t({ message: 'Name', context: 'of a thing' })} autoFocus />}
        {role && !isFixed && role.grants > 0 && <Banner tone="info"><Trans>Whoever has this role can do at once what you choose here.</Trans></Banner>}
        <CheckboxGroup value={values.permissions} onChange={(chosen) => set('permissions', offered.map((one) => one.permission).filter((one) => chosen.includes(one)))} isReadOnly={isFixed}>
          <Label className={styles.legend}>{isFixed ? t`It opens` : t`It may`}</Label>
          <div className={styles.permissions}>
            {offered.map(({ permission, fits_departments }) => (
              <Checkbox key={permission} value={permission} isDisabled={isFixed} description={fits_departments ? words[permission].detail : t`${words[permission].detail}. Only for the whole organisation.`}>
                {words[permission].label}
              </Checkbox>
            ))}
          </div>
        </CheckboxGroup>
      </Form>
    </Dialog>
  )
}
