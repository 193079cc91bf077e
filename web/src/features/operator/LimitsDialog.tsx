/** How many people and how much storage an organisation may have; an empty field sets no limit. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, etagOf } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { HostedOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes } from '~/lib/dates'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { amountOf, GIB, gibOf } from './amounts'
import styles from './operator.module.css'
import { ORGANISATIONS, OUTSIDE } from './queries'

const valuesOf = (of: HostedOrganisation) => ({ most_people: of.most_people?.toString() ?? '', most_bytes: gibOf(of.most_bytes) })

export function LimitsDialog({ of, onClose }: { of: HostedOrganisation; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const form = useForm(valuesOf(of))
  const { before, base, take } = useTheirs(of, valuesOf, form)
  const people = amountOf(form.values.most_people)
  const gib = amountOf(form.values.most_bytes)
  // What is shown is rounded: a field that was not touched stays what it is, to the byte.
  const isSame = (name: keyof typeof form.values) => form.values[name] === valuesOf(base)[name]
  const name = isolated(of.name)
  const limits = () => ({
    most_people: (isSame('most_people') ? of.most_people : people) ?? null,
    most_bytes: (isSame('most_bytes') ? of.most_bytes : typeof gib === 'number' ? Math.round(gib * GIB) : null) ?? null,
  })
  const noLimit = t`No limit`
  const lines = differing([
    { id: 'most_people', label: t`Most people`, value: typeof of.most_people === 'number' ? i18n.number(of.most_people) : noLimit, was: before.most_people, is: of.most_people },
    { id: 'most_bytes', label: t`Most storage, in GiB`, value: typeof of.most_bytes === 'number' ? bytes(of.most_bytes, i18n.locale) : noLimit, was: before.most_bytes, is: of.most_bytes },
  ])
  const limit = useMutation({
    mutationFn: () => call('put', '/v1/operator/organisations/{organisation}/limits', { path: { organisation: of.id }, body: limits() }, { ...OUTSIDE, seen: etagOf(of) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ORGANISATIONS })
      toast(t`Saved`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await queries.invalidateQueries({ queryKey: ORGANISATIONS })
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (people === undefined || (people !== null && !Number.isInteger(people))) return form.refuse('most_people', t`This is not a number.`)
    if (gib === undefined) return form.refuse('most_bytes', t`This is not a number.`)
    limit.mutate()
  }
  return (
    <Dialog
      title={t`Limits of ${name}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form="limits" isPending={limit.isPending}><Trans>Save</Trans></Button>
        </>
      }
    >
      <Form id="limits" className={styles.fields} onSubmit={submit}>
        <p><Trans>A limit below what is there takes nothing away: it only refuses more. Leave a field empty for no limit.</Trans></p>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {lines.length > 0 && <TheirChanges lines={lines} onTake={take} />}
        <TextField {...form.bind('most_people')} label={t`Most people`} inputMode="numeric" />
        <TextField {...form.bind('most_bytes')} label={t`Most storage, in GiB`} inputMode="decimal" />
      </Form>
    </Dialog>
  )
}
