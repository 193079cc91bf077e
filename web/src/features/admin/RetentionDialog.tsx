/** How long messages are kept: shorter at once, longer with a second administrator. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, markStale } from '~/api/client'
import type { Organisation } from '~/api/types'
import { actKeys } from '~/shell/acts'
import { useProof } from '~/shell/ProveAgain'
import { organisationKey } from '~/shell/session'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'

const DAYS = ['90', '180', '360', '720'] as const

export function RetentionDialog({ of, onClose }: { of: Organisation; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const proof = useProof()
  const form = useForm<{ days: (typeof DAYS)[number] }>({ days: DAYS.find((days) => Number(days) === of.chat_retention_days) ?? '90' }, { chat_retention_days: 'days' })
  const days = Number(form.values.days)
  const isLonger = days > of.chat_retention_days
  const save = useMutation({
    mutationFn: () => call('put', '/v1/organisation/chat-retention', { body: { chat_retention_days: days } }),
    onSuccess: async ({ act }) => {
      await markStale(queries, [organisationKey(), ...actKeys()])
      toast(act ? t`Asked for. It waits under Decisions.` : t`Saved`)
      onClose()
    },
    onError: (error) => {
      if (!proof.ask(error, () => save.mutate())) form.fail(error)
    },
  })
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
          <Select {...form.bind('days')} label={t`Messages are kept for`} choices={DAYS.map((id) => ({ id, label: plural(Number(id), { one: '# day', other: '# days' }) }))} />
          {isLonger && <Banner tone="info"><Trans>This needs your password and a second administrator within 24 hours. Where there is no second one, it happens after 24 hours, and everybody can see it coming.</Trans></Banner>}
          {days < of.chat_retention_days && <Banner tone="warn"><Trans>Older messages are deleted for everybody, and cannot be brought back.</Trans></Banner>}
        </Form>
      </Dialog>
      {proof.dialog}
    </>
  )
}
