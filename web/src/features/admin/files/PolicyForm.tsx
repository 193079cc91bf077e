/** The rules, and beside them what they mean before they are kept. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { FilePolicy } from '~/api/types'
import { bytes } from '~/lib/dates'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { TextArea } from '~/ui/TextArea'
import { toast } from '~/ui/toast'
import admin from '../admin.module.css'
import { AmountField } from './AmountField'
import { amountOf, bytesOf, endingsOf, PROGRAMS, roomOf } from './policy'
import { Preview } from './Preview'

const MOST_ENDINGS = 200

const valuesOf = (of: FilePolicy) => ({ max_file_bytes: amountOf(of.max_file_bytes), quota_bytes: amountOf(of.quota_bytes), refused_extensions: of.refused_extensions.join(' ') })

export function PolicyForm({ policy }: { policy: FilePolicy }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const form = useForm(valuesOf(policy))
  const { values, bind } = form
  const { before, isOthers, take, settle } = useTheirs(policy, valuesOf, form)
  const endings = endingsOf(values.refused_extensions)
  const [most, quota] = [bytesOf(values.max_file_bytes), bytesOf(values.quota_bytes)]
  const isAsItIs = most === policy.max_file_bytes && quota === policy.quota_bytes && [...endings].sort().join(' ') === policy.refused_extensions.join(' ')
  // Whoever is not in the middle of something just has the newest.
  if (isAsItIs && isOthers) settle(policy)
  useUnsaved(!isAsItIs)
  const lines = differing([
    { id: 'max_file_bytes', label: t`Largest file`, value: bytes(policy.max_file_bytes, i18n.locale), was: before.max_file_bytes, is: policy.max_file_bytes },
    { id: 'quota_bytes', label: t`Room for all files`, value: bytes(policy.quota_bytes, i18n.locale), was: before.quota_bytes, is: policy.quota_bytes },
    { id: 'refused_extensions', label: t`Endings that are refused`, value: policy.refused_extensions.join(' '), was: before.refused_extensions, is: policy.refused_extensions },
  ])
  const save = useMutation({
    mutationFn: (body: { max_file_bytes: number; quota_bytes: number; refused_extensions: string[] }) => call('patch', '/v1/file-policy', { body }, { seen: etagOf(policy) }),
    onSuccess: async (now) => {
      settle(now)
      await markStale(queries, [keyOf('/v1/file-policy')])
      toast(t`Saved`)
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasStatus(error, 412)) await markStale(queries, [keyOf('/v1/file-policy')])
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (most === null) return form.refuse('max_file_bytes', t`Give a size above nothing.`)
    if (quota === null) return form.refuse('quota_bytes', t`Give a size above nothing.`)
    if (endings.length > MOST_ENDINGS) return form.refuse('refused_extensions', t`At most ${MOST_ENDINGS} endings.`)
    const wrong = endings.find((ending) => !/^[\p{L}\p{N}]{1,16}$/u.test(ending))
    if (wrong !== undefined) return form.refuse('refused_extensions', t`“${wrong}” is no ending: letters and digits only, at most 16.`)
    save.mutate({ max_file_bytes: most, quota_bytes: quota, refused_extensions: endings })
  }
  const addPrograms = () => form.set('refused_extensions', [...new Set([...endings, ...PROGRAMS])].sort().join(' '))
  const count = plural(endings.length, { one: '# ending', other: '# endings' })
  return (
    <Form className={admin.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {isOthers && lines.length > 0 && <TheirChanges lines={lines} onTake={take} />}
      <div className={admin.pair}>
        <AmountField {...bind('max_file_bytes')} label={t`Largest file`} unitLabel={t`Unit of the largest file`} />
        <AmountField {...bind('quota_bytes')} label={t`Room for all files`} unitLabel={t`Unit of the room`} />
      </div>
      <TextArea
        {...bind('refused_extensions')}
        label={t`Endings that are refused`}
        rows={3}
        description={endings.length === 0 ? t`Nothing is refused. Whatever it is called, only pictures, films and sounds are shown in the browser; anything else is only saved, and nothing runs.` : t`${count}. The name decides: whoever renames a file gets past. What a file really is, its first bytes say; nothing runs in the browser either way.`}
      />
      <div><Button size="s" onPress={addPrograms} isDisabled={PROGRAMS.every((one) => endings.includes(one))}><Trans>Add endings of programs</Trans></Button></div>
      {/* What is no size yet is taken as it stands, so that the preview stays where it is. */}
      <Preview rules={{ ...policy, max_file_bytes: most ?? policy.max_file_bytes, quota_bytes: roomOf(quota ?? policy.quota_bytes, policy), refused_extensions: endings }} />
      <div className={admin.save}>
        <Button type="submit" variant="primary" isPending={save.isPending} isDisabled={isAsItIs}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}
