/** Writes an announcement, or changes one; beside the form stands what people will read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { AnnouncerCan, WrittenAnnouncement } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { DateField } from '~/ui/DateField'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { LinkedText } from '~/ui/LinkedText'
import { RadioCards } from '~/ui/RadioCards'
import { TextArea } from '~/ui/TextArea'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { announcementKeys } from '../queries'
import { bodyOf, valuesOf, type Values } from './form'

interface Props {
  announcement?: WrittenAnnouncement
  can: AnnouncerCan
  onClose: () => void
}

export function AnnouncementDialog({ announcement, can, onClose }: Props) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const [isLeaving, setLeaving] = useState(false)
  const startOf = (of: WrittenAnnouncement | undefined) => valuesOf(of, can)
  const form = useForm(startOf(announcement))
  const { before, base, isOthers, take } = useTheirs(announcement, startOf, form)
  const lines = useChangedLines(startOf(before), startOf(base))
  const { values, set, bind, errors } = form
  const isWritten = JSON.stringify(values) !== JSON.stringify(startOf(base))
  const save = useMutation({
    mutationFn: () =>
      base
        ? call('put', '/v1/announcements/{announcement}', { path: { announcement: base.id }, body: bodyOf(values, base) }, { seen: etagOf(base) })
        : call('post', '/v1/announcements', { body: bodyOf(values, undefined) }),
    onSuccess: async () => {
      await markStale(queries, announcementKeys())
      toast(announcement ? t`Saved` : t`Published`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, announcementKeys())
    },
  })
  const own = new Set(can.department_ids)
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.title.trim() === '') return form.refuse('title', t`This is needed.`)
    if (values.text.trim() === '') return form.refuse('text', t`This is needed.`)
    if (values.audience === 'departments' && values.department_ids.length === 0) return form.refuse('department_ids', t`This is needed.`)
    save.mutate()
  }
  // One key closes it: what stands there is not lost by that.
  const leave = () => (isWritten ? setLeaving(true) : onClose())
  return (
    <>
      <Dialog
        title={announcement ? t`Change an announcement` : t`New announcement`}
        size={720}
        isOpen
        onOpenChange={leave}
        footer={
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{announcement ? t`Save` : t`Publish`}</Button>
          </>
        }
      >
        <Form id={formId} className={styles.form} onSubmit={submit}>
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          {isOthers && <TheirChanges lines={lines} onTake={take} />}
          <TextField {...bind('title')} label={t({ message: 'Title', context: 'of an announcement' })} maxLength={120} autoFocus={!announcement} />
          <TextArea {...bind('text')} label={t({ message: 'Text', context: 'of an announcement' })} description={t`Plain text. Addresses that begin with https:// can be opened.`} rows={6} maxLength={4000} />
          {can.everyone && (
            <RadioCards
              label={t`Whom it concerns`}
              columns={2}
              value={values.audience}
              onChange={(audience) => set('audience', audience)}
              cards={[
                { id: 'everyone', title: t`Everyone`, detail: t`Also who comes later, as long as it is shown.` },
                { id: 'departments', title: t`Some departments`, detail: t`With everybody in the departments below them.` },
              ]}
            />
          )}
          {values.audience === 'departments' && (
            <DepartmentsField label={can.everyone ? t`Departments` : t`Whom it concerns`} value={values.department_ids} fits={can.everyone ? undefined : (one) => own.has(one.id)} onChange={(ids) => set('department_ids', ids)} errorMessage={errors.department_ids} />
          )}
          <DateField {...bind('until')} label={t`Shown until the end of`} description={t`Empty: until you withdraw it.`} />
          <Checkbox isSelected={values.must_be_confirmed} onChange={(is) => set('must_be_confirmed', is)} description={t`It stays at the top until they do, and you see who has not.`}>
            <Trans>People have to confirm that they have read it</Trans>
          </Checkbox>
          {announcement && (
            <Checkbox isSelected={values.asks_again} onChange={(is) => set('asks_again', is)} description={t`What they confirmed was another text.`}>
              <Trans>Ask those again who have read it</Trans>
            </Checkbox>
          )}
          {values.title.trim() !== '' && (
            <section className={styles.preview} aria-label={t`Preview`}>
              <strong><bdi>{values.title}</bdi></strong>
              <LinkedText>{values.text}</LinkedText>
            </section>
          )}
        </Form>
      </Dialog>
      <ConfirmDialog title={t`Discard what you wrote?`} confirm={t`Discard`} isOpen={isLeaving} onOpenChange={setLeaving} onConfirm={onClose}>
        {announcement ? <Trans>The announcement stays as it is.</Trans> : <Trans>Nothing is published.</Trans>}
      </ConfirmDialog>
    </>
  )
}

/** What somebody else wrote meanwhile. */
function useChangedLines(was: Values, is: Values) {
  const { t } = useLingui()
  const whom = (of: Values) => (of.audience === 'everyone' ? t`Everyone` : t`Some departments`)
  return differing([
    { id: 'title', label: t({ message: 'Title', context: 'of an announcement' }), value: is.title, was: was.title, is: is.title },
    { id: 'text', label: t({ message: 'Text', context: 'of an announcement' }), value: is.text, was: was.text, is: is.text },
    { id: 'whom', label: t`Whom it concerns`, value: whom(is), was: was.department_ids, is: is.department_ids },
    { id: 'until', label: t`Shown until the end of`, value: is.until, was: was.until, is: is.until },
    { id: 'confirm', label: t`People have to confirm that they have read it`, value: is.must_be_confirmed ? t`Yes` : t`No`, was: was.must_be_confirmed, is: is.must_be_confirmed },
  ])
}
