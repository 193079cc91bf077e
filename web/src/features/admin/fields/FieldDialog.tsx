/** Makes a field, or decides about one: its names, what it may hold, who sees it and who changes it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { CheckboxGroup, Label } from 'react-aria-components'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Field, FieldAudience, FieldKind } from '~/api/types'
import { useFieldName } from '~/shell/fields'
import { TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { fieldKeys } from '../queries'
import { ChoicesField } from './ChoicesField'
import { LimitFields } from './LimitFields'
import { ListField } from './ListField'
import { NamesField } from './NamesField'
import { useFieldLines } from './fieldLines'
import { bodyOf, changesOf, MASKABLE, valuesOf } from './form'
import { AUDIENCES, useAudienceNames, useKindNames } from './words'

interface Props {
  field?: Field
  onClose: () => void
}

/** Built-in fields that have a list: what one is called, and what one does. */
const LISTED: readonly string[] = ['position', 'post']
const KINDS: readonly FieldKind[] = ['text', 'number', 'date', 'choice', 'person', 'phone', 'link']

export function FieldDialog({ field, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const kinds = useKindNames()
  const audiences = useAudienceNames()
  const nameOf = useFieldName()
  const form = useForm(valuesOf(field))
  const { values, set, bind, errors } = form
  const { before, base, isOthers, take } = useTheirs(field, valuesOf, form)
  const lines = useFieldLines(before, field)
  const isBuiltIn = Boolean(field?.built_in)
  const save = useMutation({
    mutationFn: () => {
      if (!field) return call('post', '/v1/fields', { body: bodyOf(values) })
      return call('patch', '/v1/fields/{field}', { path: { field: field.id }, body: changesOf(valuesOf(base), values) }, { seen: etagOf(field) })
    },
    onSuccess: async () => {
      await markStale(queries, fieldKeys())
      toast(t`Saved`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, fieldKeys())
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (!isBuiltIn && Object.values(values.names).every((name) => !name?.trim())) return form.refuse('names', t`This is needed.`)
    save.mutate()
  }
  const chosen = (ids: string[], of: readonly FieldAudience[]) => of.filter((one) => ids.includes(one))
  return (
    <Dialog
      title={field ? t`Change ${nameOf(field)}` : t`New field`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{field ? t`Save` : t`Make the field`}</Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {isOthers && <TheirChanges lines={lines} onTake={take} told={{ events: ['directory.field_written'], about: field?.id, revision: field?.revision }} />}
        {!field && <Select {...bind('kind')} label={t`Kind`} choices={KINDS.map((id) => ({ id, label: kinds[id] }))} />}
        {!isBuiltIn && (
          <>
            <NamesField label={t`Name of the field`} value={values.names} onChange={(names) => set('names', names)} errorMessage={errors.names} />
            {values.kind === 'choice' && <ChoicesField value={values.choices} onChange={(choices) => set('choices', choices)} errorMessage={errors.choices} />}
            <LimitFields kind={values.kind} bind={bind} />
            <NamesField label={t`Group it stands in`} description={t`Optional. Fields of the same group stand together.`} value={values.group} onChange={(group) => set('group', group)} errorMessage={errors.group} />
          </>
        )}
        {values.kind === 'text' && (!field?.built_in || LISTED.includes(field.built_in)) && (
          <ListField listed={values.listed} isOnly={values.only_listed} onListed={(listed) => set('listed', listed)} onOnly={(is) => set('only_listed', is)} errorMessage={errors.listed} />
        )}
        <Audience label={t`Seen by`} errorMessage={errors.seen_by} value={values.seen_by} choices={AUDIENCES} names={audiences} onChange={(ids) => set('seen_by', chosen(ids, AUDIENCES))} />
        <Audience label={t`Changed by`} errorMessage={errors.edited_by} value={values.edited_by} choices={['administrators', 'oneself']} names={audiences} onChange={(ids) => set('edited_by', chosen(ids, AUDIENCES))} />
        {MASKABLE.includes(values.kind) && (
          <Checkbox isSelected={values.is_masked} onChange={(is) => set('is_masked', is)} description={t`Whoever looks at all of it is recorded, and the person sees it.`}>
            <Trans>Show only its beginning and end</Trans>
          </Checkbox>
        )}
      </Form>
    </Dialog>
  )
}

interface AudienceProps {
  label: string
  value: FieldAudience[]
  choices: readonly FieldAudience[]
  names: Record<FieldAudience, string>
  onChange: (ids: string[]) => void
  errorMessage?: string | undefined
}

function Audience({ label, value, choices, names, onChange, errorMessage }: AudienceProps) {
  return (
    <CheckboxGroup value={value} onChange={onChange} isInvalid={errorMessage !== undefined}>
      <Label className={styles.legend}>{label}</Label>
      <div className={styles.departments}>
        {choices.map((one) => (
          <Checkbox key={one} value={one}>{names[one]}</Checkbox>
        ))}
      </div>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
    </CheckboxGroup>
  )
}
