/** Adds a person or changes one. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { ApiError, hasStatus } from '~/api/error'
import type { AddedMember, BuiltInField, Member, Role } from '~/api/types'
import { FieldInput } from '~/shell/FieldInput'
import { isAmongValues, isWrittenByAdministrators, useFields } from '~/shell/fields'
import { usePersonLines } from '~/shell/personLines'
import { useMay } from '~/shell/session'
import { TextOf } from '~/shell/TextOf'
import { TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { DateField } from '~/ui/DateField'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { peopleKeys } from '../queries'
import { changesOf, valuesOf } from './form'
import { PlaceFields } from './PlaceFields'

interface Props {
  member?: Member
  onClose: () => void
  onAdded?: (answer: AddedMember) => void
}

const SIGN_IN = ['user_id', 'phone', 'email'] as const
const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

export function PersonDialog({ member, onClose, onAdded }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const may = useMay()
  const [before, setBefore] = useState(member)
  const [base, setBase] = useState(member)
  // As somebody else left them in the meantime.
  const [theirs, setTheirs] = useState<Member | null>(null)
  const lines = usePersonLines(before, theirs)
  const form = useForm(valuesOf(member))
  const { values, bind, set } = form
  const fields = useFields().filter(isWrittenByAdministrators)
  const called = (name: BuiltInField) => fields.find((field) => field.built_in === name)
  const has = (name: BuiltInField) => called(name) !== undefined
  const position = called('position')
  const [signature, birthday] = member === undefined ? [] : [called('signature'), called('birthday')]
  const others = member === undefined ? [] : fields.filter(isAmongValues)
  const said = () => ({
    name: values.name.trim(),
    user_id: orNull(values.user_id),
    phone: orNull(values.phone),
    email: orNull(values.email),
    staff_number: orNull(values.staff_number),
    position: orNull(values.position),
    department_ids: values.department_ids,
  })
  const add = useMutation({
    mutationFn: () => call('post', '/v1/members', { body: { ...said(), role: values.role } }),
    onSuccess: async (answer) => {
      await markStale(queries, peopleKeys())
      onAdded?.(answer)
    },
    onError: (error) => {
      const known = error instanceof ApiError && error.code === 'directory.already_member' ? SIGN_IN.find((name) => name === error.field) : undefined
      if (known === undefined) return form.fail(error)
      form.refuse(known, t`Somebody here already uses this.`)
    },
  })
  const look = useMutation({
    mutationFn: (id: string) => call('get', '/v1/members/{member}', { path: { member: id } }),
    onSuccess: (now) => {
      form.rebase(valuesOf(base), valuesOf(now))
      setBase(now)
      setTheirs(now)
    },
    onError: form.fail,
  })
  const change = useMutation({
    mutationFn: (of: Member) => {
      const texts = { ...values.texts, ...(signature && { [signature.id]: values.signature }), ...(birthday && { [birthday.id]: values.birthday }) }
      const before = { ...(signature && { [signature.id]: of.signature ?? '' }), ...(birthday && { [birthday.id]: of.birthday ?? '' }) }
      const body = changesOf(of, before, { ...said(), texts, is_hidden: values.is_hidden, role: values.role, leads: values.leads.filter((id) => values.department_ids.includes(id)) })
      return call('patch', '/v1/members/{member}', { path: { member: of.id }, body }, { seen: etagOf(of) })
    },
    onSuccess: async () => {
      await markStale(queries, peopleKeys())
      toast(t`Saved`)
      onClose()
    },
    onError: (error, of) => {
      form.fail(error)
      if (hasStatus(error, 412)) look.mutate(of.id)
    },
  })
  const take = (now: Member) => {
    form.reset(valuesOf(now))
    setBefore(now)
    setBase(now)
    setTheirs(null)
  }
  const roles: { id: Role; label: string; detail?: string }[] = [
    { id: 'member', label: t`Member` },
    { id: 'administrator', label: t`Administrator`, detail: t`Adds and suspends people, sees the audit log` },
  ]
  const mayPlace = member === undefined || member.can.place
  const mayEdit = member === undefined || member.can.edit
  const mayRank = member === undefined ? may('roles.give') : member.can.change_role && member.role !== 'owner'
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.name.trim() === '') return form.refuse('name', t`This is needed.`)
    const hasNone = SIGN_IN.every((name) => values[name].trim() === '' && (member === undefined || has(name)))
    if (hasNone) return form.refuse('user_id', t`One of user ID, phone and e-mail is needed to sign in.`)
    if (base) change.mutate(base)
    else add.mutate()
  }
  return (
    <Dialog
      title={member ? t`Change ${member.name}` : t`Add a person`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={add.isPending || change.isPending}>{member ? t`Save` : t`Add`}</Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {theirs && <TheirChanges lines={lines} onTake={() => take(theirs)} told={{ events: ['directory.member_changed', 'directory.member_details_changed', 'directory.member_placed'], about: theirs.id, revision: theirs.revision }} />}
        {mayEdit && <TextField {...bind('name')} label={t`Name`} autoFocus />}
        <div className={styles.pair}>
          {mayEdit && (
            <>
              {has('user_id') && <TextField {...bind('user_id')} label={t`User ID`} />}
              {has('staff_number') && <TextField {...bind('staff_number')} label={t`Staff number`} />}
              {has('phone') && <TextField {...bind('phone')} label={t`Phone`} type="tel" />}
              {has('email') && <TextField {...bind('email')} label={t`E-mail`} type="email" />}
              {position && <TextOf field={position} {...bind('position')} label={t`Position`} />}
              {signature && <TextField {...bind('signature')} label={t`Signature`} />}
              {birthday && <DateField {...bind('birthday')} label={t`Birthday`} />}
              {others.map((field) => (
                <FieldInput key={field.id} field={field} value={values.texts[field.id] ?? ''} onChange={(text) => set('texts', { ...values.texts, [field.id]: text })} />
              ))}
            </>
          )}
          {mayRank && <Select {...bind('role')} label={t`Role`} choices={roles} />}
        </div>
        {mayPlace && (
          <PlaceFields
            member={member}
            value={values.department_ids}
            onChange={(ids) => set('department_ids', ids)}
            leads={values.leads}
            onLeads={(ids) => set('leads', ids)}
            errorMessage={form.errors.department_ids}
          />
        )}
        {member && mayEdit && (
          <Checkbox isSelected={values.is_hidden} onChange={(is) => set('is_hidden', is)} description={t`Found and seen only by those who look after them.`}>
            <Trans>Hidden</Trans>
          </Checkbox>
        )}
      </Form>
    </Dialog>
  )
}
