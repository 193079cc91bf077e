/** How long messages are kept: shorter at once, longer with a second administrator. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Organisation } from '~/api/types'
import { actKeys } from '~/shell/acts'
import { useProof } from '~/shell/ProveAgain'
import { organisationKey } from '~/shell/session'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'

const DAYS = ['90', '180', '360', '720'] as const

interface Values extends Record<string, unknown> {
  days: (typeof DAYS)[number]
}

const valuesOf = (of: Organisation): Values => ({ days: DAYS.find((days) => Number(days) === of.chat_retention_days) ?? '90' })

export function RetentionDialog({ of, onClose }: { of: Organisation; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const proof = useProof()
  const form = useForm(valuesOf(of), { chat_retention_days: 'days' })
  const { before, isOthers, take } = useTheirs(of, valuesOf, form)
  const days = Number(form.values.days)
  const isLonger = days > of.chat_retention_days
  const save = useMutation({
    mutationFn: () => call('put', '/v1/organisation/chat-retention', { body: { chat_retention_days: days } }, { seen: etagOf(of) }),
    onSuccess: async ({ act }) => {
      await markStale(queries, [organisationKey(), ...actKeys()])
      toast(act ? t`Asked for. It waits under Decisions.` : t`Saved`)
      onClose()
    },
    onError: async (error) => {
      if (!proof.ask(error, () => save.mutate())) form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, [organisationKey()])
    },
  })
  const lasting = (count: number) => plural(count, { one: '# day', other: '# days' })
  const lines = differing([{ id: 'days', label: t`Messages are kept for`, value: lasting(of.chat_retention_days), was: before.chat_retention_days, is: of.chat_retention_days }])
  return (
    <>
      <Dialog
        title={t`How long messages are kept`}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Cancel</Trans></Button>
            <Button variant={days < of.chat_retention_days ? 'danger' : 'primary'} type="submit" form={formId} isPending={save.isPending} isDisabled={days === of.chat_retention_days}>{isLonger ? t`Ask for it` : t`Save`}</Button>
          </>
        }
      >
        <Form
          id={formId}
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            form.begin()
            save.mutate()
          }}
        >
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          {isOthers && (lines.length > 0 || hasStatus(save.error, 412)) && <TheirChanges lines={lines} onTake={take} />}
          <Select {...form.bind('days')} label={t`Messages are kept for`} choices={DAYS.map((id) => ({ id, label: lasting(Number(id)) }))} />
          {isLonger && <Banner tone="info"><Trans>This needs your password and a second administrator within 24 hours. Where there is no second one, it happens after 24 hours, and everybody can see it coming.</Trans></Banner>}
          {days < of.chat_retention_days && <Banner tone="warn"><Trans>Older messages are deleted for everybody, and cannot be brought back.</Trans></Banner>}
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}
