/** Puts a group together, or changes one: by hand or by a rule, tried before it is saved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { PeopleGroup } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { fields, useFieldName } from '~/shell/fields'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { RadioCards } from '~/ui/RadioCards'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { peopleGroupKeys } from '../queries'
import { ConditionsField } from './ConditionsField'
import { bodyOf, madeByOf, valuesOf } from './form'
import { useMissing } from './missing'
import { PeopleField } from './PeopleField'
import { TryGroup } from './TryGroup'
import { useProblemNames } from './words'

export function PeopleGroupDialog({ group, onClose }: { group?: PeopleGroup; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const form = useForm(valuesOf(group))
  const { values, set, bind, errors } = form
  const lacks = useMissing()(values)
  const [seen] = useState(group?.revision)
  const isOthers = group !== undefined && group.revision !== seen
  const save = useMutation({
    mutationFn: () =>
      group
        ? call('patch', '/v1/people-groups/{group}', { path: { group: group.id }, body: bodyOf(values) }, { seen: etagOf(group) })
        : call('post', '/v1/people-groups', { body: bodyOf(values) }),
    onSuccess: async () => {
      await markStale(queries, peopleGroupKeys())
      toast(t`Saved`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, peopleGroupKeys())
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.name.trim() === '') return form.refuse('name', t`This is needed.`)
    if (lacks !== null) return form.refuse('conditions', lacks)
    save.mutate()
  }
  return (
    <Dialog
      title={group ? t`Change ${group.name}` : t`New directory group`}
      size={720}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{group ? t`Save` : t`Make the group`}</Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {isOthers && (
          <Banner tone="info">
            <Trans>Somebody else changed this group in the meantime.</Trans>{' '}
            <Button size="s" onPress={() => form.reset(valuesOf(group))}><Trans>Take what they wrote</Trans></Button>
          </Banner>
        )}
        {group && <Problems group={group} />}
        <TextField {...bind('name')} label={t({ message: 'Name', context: 'of a directory group' })} maxLength={60} autoFocus={!group} />
        <TextField {...bind('note')} label={t`What it is for`} description={t`Optional.`} maxLength={200} />
        <RadioCards
          label={t`How it is made`}
          columns={2}
          value={values.kind}
          onChange={(kind) => set('kind', kind)}
          cards={[
            { id: 'hand', title: t`By hand`, detail: t`You name people and departments.` },
            { id: 'rule', title: t`By a rule`, detail: t`Departments and fields say who is in it. It keeps itself up to date.` },
          ]}
        />
        {values.kind === 'hand' && <PeopleField label={t`Add a person`} value={values.member_ids} onChange={(ids) => set('member_ids', ids)} errorMessage={errors.member_ids} />}
        <DepartmentsField
          label={values.kind === 'hand' ? t`And everybody in these departments and below` : t`In one of these departments; anywhere when none is chosen`}
          value={values.department_ids}
          onChange={(ids) => set('department_ids', ids)}
          errorMessage={errors.department_ids}
        />
        {values.kind === 'rule' && (
          <>
            {values.department_ids.length > 0 && <Checkbox isSelected={values.includes_below} onChange={(is) => set('includes_below', is)}><Trans>And in the departments below them</Trans></Checkbox>}
            <ConditionsField value={values.conditions} needs={values.needs} onNeeds={(needs) => set('needs', needs)} onChange={(conditions) => set('conditions', conditions)} errorMessage={errors.conditions} />
          </>
        )}
        <Checkbox isSelected={values.is_shown} onChange={(is) => set('is_shown', is)} description={t`They see of its people whom they see anyway. A group whose rule names a field that not everyone sees is for administrators all the same.`}>
          <Trans>Everyone finds it and sees who is in it</Trans>
        </Checkbox>
        <TryGroup madeBy={madeByOf(values)} group={group?.id} onLacking={lacks === null ? null : () => form.refuse('conditions', lacks)} />
      </Form>
    </Dialog>
  )
}

/** What a group names that does not hold any more. */
function Problems({ group }: { group: PeopleGroup }) {
  const names = useProblemNames()
  const nameOf = useFieldName()
  const all = useQuery(fields()).data?.items ?? []
  return (group.managed?.problems ?? []).map(({ kind, id }) => {
    const field = all.find((one) => one.id === id)
    return <Banner key={id} tone="warn">{field ? `${nameOf(field)}: ` : ''}{names[kind]}</Banner>
  })
}
