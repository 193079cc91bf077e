/** Makes a token for a program; it is shown once. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useId, useState } from 'react'
import { CheckboxGroup, Form, Label } from 'react-aria-components'
import { call, keyOf, markStale } from '~/api/client'
import type { Permission } from '~/api/types'
import { DepartmentField } from '~/shell/DepartmentField'
import { useProof } from '~/shell/ProveAgain'
import { useMay } from '~/shell/session'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { usePermissionWords } from '../roles/words'

/** What a program can hold; the server refuses the rest. */
const OFFERED = ['people.see', 'people.add', 'people.edit', 'people.place', 'people.suspend', 'people.remove', 'departments.manage'] as const satisfies readonly Permission[]
const DAYS = ['30', '90', '180', '366'] as const

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const may = useMay()
  const words = usePermissionWords()
  const proof = useProof()
  const [secret, setSecret] = useState<string | null>(null)
  const form = useForm<{ name: string; permissions: Permission[]; department: string | null; days: (typeof DAYS)[number] }>(
    { name: '', permissions: [], department: null, days: '90' },
    { expires_in_days: 'days', department_ids: 'department' },
  )
  const { values, bind, set } = form
  const make = useMutation({
    mutationFn: () =>
      call('post', '/v1/service-tokens', {
        body: { name: values.name.trim(), permissions: values.permissions, department_ids: values.department === null ? [] : [values.department], expires_in_days: Number(values.days) },
      }),
    onSuccess: async (made) => {
      setSecret(made.secret)
      await markStale(queries, [keyOf('/v1/service-tokens')])
    },
    onError: (error) => {
      if (!proof.ask(error, () => make.mutate())) form.fail(error)
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.name.trim() === '') return form.refuse('name', t`This is needed.`)
    if (values.permissions.length === 0) return form.refuse('permissions', t`Choose what it may do.`)
    make.mutate()
  }
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />
  return (
    <>
      <Dialog
        title={t`New service token`}
        size={560}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant="primary" type="submit" form={formId} isPending={make.isPending}><Trans>Make the token</Trans></Button>
          </>
        }
      >
        <Form id={formId} className={styles.form} onSubmit={submit}>
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <TextField {...bind('name')} label={t`Which program`} description={t`Personnel system, for example.`} autoFocus />
          <CheckboxGroup value={values.permissions} onChange={(chosen) => set('permissions', OFFERED.filter((one) => chosen.includes(one)))}>
            <Label className={styles.legend}><Trans>It may</Trans></Label>
            <div className={styles.permissions}>
              {OFFERED.filter((permission) => may(permission)).map((permission) => (
                <Checkbox key={permission} value={permission} description={words[permission].detail}>{words[permission].label}</Checkbox>
              ))}
            </div>
          </CheckboxGroup>
          {form.errors.permissions !== undefined && <Banner tone="bad" isAlert>{form.errors.permissions}</Banner>}
          <DepartmentField {...bind('department')} label={t`For`} none={t`Whole organisation`} />
          <Select {...bind('days')} label={t`Works for`} choices={DAYS.map((id) => ({ id, label: plural(Number(id), { one: '# day', other: '# days' }) }))} />
          <Banner tone="info"><Trans>It sleeps when you lose these rights or leave, and another administrator makes a new one.</Trans></Banner>
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog title={t`The token is ready`} size={560} isOpen onOpenChange={onClose} footer={<Button onPress={onClose}><Trans>Done</Trans></Button>}>
      <div className={styles.once}>
        <p><Trans>Give it to the program now. It is not shown again, and nobody can look it up.</Trans></p>
        <div className={styles.secret}>
          <code>{secret}</code>
          <Button variant="primary" icon={Copy} onPress={() => void navigator.clipboard.writeText(secret).then(() => toast(t`Token copied`))}><Trans>Copy</Trans></Button>
        </div>
      </div>
    </Dialog>
  )
}
