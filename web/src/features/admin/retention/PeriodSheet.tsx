/** Another period for messages: what it would do is shown in numbers first, and what was shown is what is decided on (C3). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasCode, hasStatus } from '~/api/error'
import type { Retention, RetentionPreview } from '~/api/types'
import { actKeys } from '~/shell/acts'
import { useProof } from '~/shell/ProveAgain'
import { QueryState } from '~/shell/QueryState'
import { daysOf } from '~/shell/until'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { Sheet } from '~/ui/Sheet'
import { Skeleton } from '~/ui/Skeleton'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import admin from '../admin.module.css'
import { retentionKeys, retentionPreview } from '../queries'
import { PreviewFacts } from './PreviewFacts'

const OWN = 'own'

interface Values extends Record<string, unknown> {
  period: string
  own: string
}

export function PeriodSheet({ of, onClose }: { of: Retention; onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const proof = useProof()
  const { chat } = of
  const [least, most] = [chat.least_days, chat.most_days]
  const initial: Values = { period: chat.choices.includes(chat.days) ? String(chat.days) : OWN, own: String(chat.days) }
  const form = useForm(initial, { chat_retention_days: 'own' })
  // The period that is looked at: of a typed one, not every number on the way.
  const [days, setDays] = useState<number | null>(null)
  const [confirmed, setConfirmed] = useState<number | null>(null)
  const preview = useQuery({ ...retentionPreview(days ?? chat.days), enabled: days !== null })
  const look = (next: number) => {
    form.begin()
    if (!Number.isInteger(next) || next < least || next > most) return form.refuse('own', t`A whole number from ${least} to ${most}.`)
    setDays(next === chat.days ? null : next)
  }
  const save = useMutation({
    mutationFn: (shown: RetentionPreview) =>
      call('put', '/v1/organisation/chat-retention', {
        body: { chat_retention_days: shown.to_days, preview: shown.token, takes_effect_at: shown.takes_effect_at ?? null, is_confirmed: confirmed === shown.to_days },
      }, { seen: etagOf(of) }),
    onSuccess: async ({ act }) => {
      await markStale(queries, [...retentionKeys(), ...actKeys()])
      toast(act ? t`Asked for. It waits under Decisions.` : t`Decided. Until it takes effect it can be taken back here.`)
      onClose()
    },
    onError: async (error, shown) => {
      if (proof.ask(error, () => save.mutate(shown))) return
      form.fail(error)
      // What is there now is shown, and one decides again.
      if (hasStatus(error, 412) || hasCode(error, 'retention.preview_changed', 'retention.shortening_waits')) await markStale(queries, retentionKeys())
    },
  })
  const choices = [...chat.choices.map((count) => ({ id: String(count), label: daysOf(count) })), { id: OWN, label: t`Another number of days` }]
  const shown = days === null || preview.isFetching ? undefined : preview.data
  const mayDecide = shown !== undefined && (!shown.needs_confirmation || confirmed === shown.to_days)
  return (
    <>
      <Sheet
        title={t`Messages and their files`}
        isOpen
        onOpenChange={onClose}
        footer={
          <>
            <Button onPress={onClose}><Trans>Discard</Trans></Button>
            <Button variant={shown?.change === 'shorter' ? 'danger' : 'primary'} isDisabled={!mayDecide} isPending={save.isPending} onPress={() => shown && save.mutate(shown)}>
              {shown?.change === 'longer' ? t`Ask for it` : t`Decide`}
            </Button>
          </>
        }
      >
        <Form
          className={admin.form}
          onSubmit={(event) => {
            event.preventDefault()
            look(Number(form.values.own))
          }}
        >
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          <Select
            {...form.bind('period')}
            label={t`Keep for`}
            choices={choices}
            onChange={(period) => {
              form.bind('period').onChange(period)
              if (period === OWN) setDays(null)
              else look(Number(period))
            }}
          />
          {form.values.period === OWN && (
            <div className={admin.save}>
              <TextField {...form.bind('own')} label={t`Days`} inputMode="numeric" description={t`From ${least} to ${most}.`} autoComplete="off" />
              <Button type="submit"><Trans>Show what it would do</Trans></Button>
            </div>
          )}
        </Form>
        {days !== null && (
          <QueryState of={{ data: shown, error: preview.error, refetch: preview.refetch }} skeleton={<Skeleton rows={4} />}>{(one) => <PreviewFacts of={one} />}</QueryState>
        )}
        {shown?.needs_confirmation === true && (
          <Checkbox isSelected={confirmed === shown.to_days} onChange={(isMeant) => setConfirmed(isMeant ? shown.to_days : null)}>
            <Trans>Fewer than {chat.confirmed_below_days} days are meant. People may look for messages that are gone.</Trans>
          </Checkbox>
        )}
      </Sheet>
      {proof.dialog}
    </>
  )
}
