/** Adds somebody outside, or changes what is known of them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { Form } from 'react-aria-components'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { ContactKind, ContactLabel, OutsideContact, Principal } from '~/api/types'
import { departments } from '~/shell/members'
import { useMe } from '~/shell/session'
import { TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Segmented } from '~/ui/Segmented'
import { TextArea } from '~/ui/TextArea'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { useContactLines, usePrincipalName } from './contactLines'
import { type Line, Lines } from './Lines'
import { useKindNames } from './words'
import styles from './contacts.module.css'

interface Fields extends Record<string, unknown> {
  kind: ContactKind
  name: string
  company: string
  position: string
  note: string
  phones: Line[]
  emails: Line[]
  shared_with: Principal[]
}

const line = (label: ContactLabel | undefined, value: string): Line => ({ label: label ?? 'other', value })

function fieldsOf(contact: OutsideContact | undefined): Fields {
  const card = contact?.card
  return {
    kind: contact?.kind ?? 'customer',
    name: card?.name ?? '',
    company: card?.company ?? '',
    position: card?.position ?? '',
    note: card?.note ?? '',
    phones: card?.phones?.map((one) => line(one.label, one.number)) ?? [line('mobile', '')],
    emails: card?.emails?.map((one) => line(one.label, one.address)) ?? [line('work', '')],
    shared_with: contact?.shared_with ?? [],
  }
}

export function ContactDialog({ contact, onClose }: { contact?: OutsideContact; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const kinds = useKindNames()
  const form = useForm<Fields>(fieldsOf(contact))
  const { values, bind, set, errors } = form
  const { before, isOthers, take } = useTheirs(contact, fieldsOf, form)
  const lines = useContactLines(before, contact)
  const keys = [keyOf('/v1/contacts'), keyOf('/v1/contacts/{contact}')]
  const save = useMutation({
    mutationFn: () => {
      const card = {
        name: values.name,
        company: values.company,
        position: values.position,
        note: values.note,
        phones: values.phones.filter((one) => one.value.trim() !== '').map((one) => ({ label: one.label, number: one.value })),
        emails: values.emails.filter((one) => one.value.trim() !== '').map((one) => ({ label: one.label, address: one.value })),
      }
      const body = { kind: values.kind, card, shared_with: values.shared_with }
      return contact === undefined
        ? call('post', '/v1/contacts', { body })
        : call('put', '/v1/contacts/{contact}', { path: { contact: contact.id }, body }, { seen: etagOf(contact) })
    },
    onSuccess: async () => {
      await markStale(queries, keys)
      toast(contact === undefined ? t`Contact added` : t`Contact changed`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, keys)
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    save.mutate()
  }
  return (
    <Dialog
      title={contact === undefined ? t`New contact` : t`Change the contact`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={save.isPending}><Trans>Save</Trans></Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {isOthers && (lines.length > 0 || hasStatus(save.error, 412)) && <TheirChanges lines={lines} onTake={take} />}
        <Segmented label={t`Kind`} value={values.kind} onChange={(kind) => set('kind', kind)} views={[{ id: 'customer', label: kinds.customer }, { id: 'external', label: kinds.external }]} />
        <TextField {...bind('name')} label={t`Name`} autoFocus />
        <div className={styles.pair}>
          <TextField {...bind('company')} label={t`Company`} />
          <TextField {...bind('position')} label={t`Position`} />
        </div>
        <Lines kind="phone" lines={values.phones} onChange={(phones) => set('phones', phones)} errorMessage={errors.phones} />
        <Lines kind="email" lines={values.emails} onChange={(emails) => set('emails', emails)} errorMessage={errors.emails} />
        <TextArea {...bind('note')} label={t`Note`} />
        <Shares value={values.shared_with} onChange={(shared) => set('shared_with', shared)} errorMessage={errors.shared_with} />
      </Form>
    </Dialog>
  )
}

const isSame = (one: Principal, other: Principal) => one.kind === other.kind && (one.kind === 'everyone' || ('id' in other && one.id === other.id))

/** Everybody, and the departments one is in with those above: others the server refuses. */
function Shares({ value, onChange, errorMessage }: { value: Principal[]; onChange: (value: Principal[]) => void; errorMessage: string | undefined }) {
  const legend = useId()
  const me = useMe()
  const nameOf = usePrincipalName()
  const all = useQuery(departments()).data?.items ?? []
  const above = (id: string | null | undefined): string[] => (id ? [id, ...above(all.find((one) => one.id === id)?.parent_id)] : [])
  const kept = value.flatMap((one) => (one.kind === 'department' ? [one.id] : []))
  const mine = [...new Set([...(me?.department_ids ?? []).flatMap(above), ...kept])]
  const everyone: Principal = { kind: 'everyone' }
  const choices = [everyone, ...mine.map((id): Principal => ({ kind: 'department', id }))]
  return (
    <div className={styles.several} role="group" aria-labelledby={legend}>
      <span id={legend} className={styles.legend}><Trans>Who else sees it</Trans></span>
      <div className={styles.shares}>
        {choices.map((principal) => {
          const isOn = value.some((one) => isSame(one, principal))
          const toggle = () => onChange(isOn ? value.filter((one) => !isSame(one, principal)) : [...value, principal])
          return <Checkbox key={'id' in principal ? principal.id : principal.kind} isSelected={isOn} onChange={toggle}>{nameOf(principal)}</Checkbox>
        })}
      </div>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
    </div>
  )
}
