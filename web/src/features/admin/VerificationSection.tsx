/** Proving what the organisation is to whoever runs the server: documents, the full name, the answer (ORG-05). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { FileUp, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { transfer } from '~/api/transfer'
import type { Verification, VerificationDocument, VerificationRequest } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes, day } from '~/lib/dates'
import { Disclosures } from '~/shell/Disclosures'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Form } from '~/ui/Form'
import { IconButton } from '~/ui/IconButton'
import { Skeleton } from '~/ui/Skeleton'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'
import { verification } from './queries'

const KINDS = ['.pdf', '.jpg', '.jpeg', '.png', 'application/pdf', 'image/jpeg', 'image/png']
const MOST = 5

export function VerificationSection() {
  const { t } = useLingui()
  const found = useQuery(verification())
  // Whoever may not ask is told nothing here.
  if (found.data && !found.data.request) return null
  return (
    <Section title={t`Verification`} lead={t`Whoever runs this server can check that your organisation is what it says. They see what you enter and upload here, and nothing else.`}>
      <QueryState of={found} skeleton={<Skeleton kind="form" rows={2} />}>
        {(of) =>
          of.request && (
            <div className={styles.form}>
              <Standing of={of} request={of.request} />
              {of.state === 'asked' && <Shown request={of.request} />}
              {of.state !== 'asked' && <Documents request={of.request} />}
              {of.state !== 'asked' && <Asking of={of} request={of.request} />}
              {of.request.disclosures.length > 0 && <Banner tone="warn"><Trans>The law made whoever runs this server hand over the following.</Trans></Banner>}
              <Disclosures of={of.request.disclosures} />
            </div>
          )
        }
      </QueryState>
    </Section>
  )
}

function useRefresh() {
  const queries = useQueryClient()
  return () => markStale(queries, [keyOf('/v1/verification'), ['session']])
}

function Standing({ of, request }: { of: Verification; request: VerificationRequest }) {
  const { t, i18n } = useLingui()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => call('delete', '/v1/verification/request', {}),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      await refresh()
      setAsking(false)
    },
  })
  const name = isolated(of.legal_name ?? request.claim?.legal_name ?? '')
  const asked = request.asked_at ? day(request.asked_at, i18n.locale) : ''
  if (of.state === 'verified') return <Banner tone="accent"><Trans>Verified as {name}. Another name of the organisation, or another number, ends this.</Trans></Banner>
  if (of.state === 'asked') {
    return (
      <Banner action={<Button size="s" onPress={() => setAsking(true)}><Trans>Withdraw the request</Trans></Button>}>
        <Trans>Asked on {asked} as {name}. Whoever runs this server decides. Withdrawing erases the documents.</Trans>
        <ConfirmDialog title={t`Withdraw the request?`} confirm={t`Withdraw the request`} isPending={withdraw.isPending} isOpen={isAsking} onOpenChange={setAsking} onConfirm={() => withdraw.mutate()}>
          <Trans>The documents are erased at once and cannot be brought back. To ask again, you add them again.</Trans>
        </ConfirmDialog>
      </Banner>
    )
  }
  const reason = request.reason
  if (of.state === 'refused') return <Banner tone="warn"><Trans>Not verified as {name}.</Trans>{reason && <> {isolated(reason)}</>}</Banner>
  const ended = request.ended_at ? day(request.ended_at, i18n.locale) : ''
  if (of.state === 'none' && ended !== '') return <Banner tone="warn"><Trans>Your organisation was given another name on {ended}. What whoever runs this server had seen, or was to decide on, was about the name before. Ask again under the new one.</Trans></Banner>
  return null
}

/** What was entered and uploaded, as whoever decides sees it. */
function Shown({ request: { claim, documents } }: { request: VerificationRequest }) {
  const { i18n } = useLingui()
  return (
    <dl className={styles.facts}>
      {claim && (
        <div>
          <dt><Trans>Registration number</Trans></dt>
          <dd>{isolated(claim.registration_number)}</dd>
        </div>
      )}
      <div>
        <dt><Trans>Documents</Trans></dt>
        <dd>{documents.map(({ id, name, size }) => <div key={id}>{isolated(name)} · {bytes(size, i18n.locale)}</div>)}</dd>
      </div>
    </dl>
  )
}

function Documents({ request }: { request: VerificationRequest }) {
  const { t, i18n } = useLingui()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const add = useMutation({
    mutationFn: (file: File) => transfer(`/v1/verification/documents?name=${encodeURIComponent(file.name)}`, { file }),
    onSettled: refresh,
  })
  const list = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState<VerificationDocument | null>(null)
  return (
    <div ref={list} className={styles.names} role="group" tabIndex={-1} aria-label={t`Documents`}>
      <span className={styles.legend}><Trans>Documents</Trans></span>
      {request.documents.map((document) => {
        const name = isolated(document.name)
        return (
          <div key={document.id} className={styles.link}>
            <span className="grow ellipsis">{name}</span>
            <small>{bytes(document.size, i18n.locale)}</small>
            <IconButton icon={Trash2} size="s" label={t`Remove ${name}`} onPress={() => setAsked(document)} />
          </div>
        )
      })}
      {add.error !== null && <Banner tone="bad" isAlert>{textOf(add.error)}</Banner>}
      <div>
        <FileTrigger acceptedFileTypes={KINDS} onSelect={(files) => files?.[0] && add.mutate(files[0])}>
          <Button icon={FileUp} isPending={add.isPending} isDisabled={request.documents.length >= MOST}><Trans>Add a document</Trans></Button>
        </FileTrigger>
      </div>
      {asked !== null && <RemoveDialog document={asked} onClose={() => setAsked(null)} home={() => list.current} />}
      <small><Trans>A business licence, for example: PDF, JPEG or PNG, up to 10 MiB each, at most five. They are kept encrypted and erased 90 days after the decision.</Trans></small>
    </div>
  )
}

function RemoveDialog({ document, onClose, home }: { document: VerificationDocument; onClose: () => void; home: () => HTMLElement | null }) {
  const { t } = useLingui()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const name = isolated(document.name)
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/verification/documents/{document}', { path: { document: document.id } }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      await refresh()
      onClose()
    },
  })
  return (
    <ConfirmDialog title={t`Remove ${name}?`} confirm={t`Remove`} isPending={remove.isPending} isOpen onOpenChange={onClose} onConfirm={() => remove.mutate()} home={home}>
      <Trans>The document is erased at once and cannot be brought back.</Trans>
    </ConfirmDialog>
  )
}

function Asking({ of, request }: { of: Verification; request: VerificationRequest }) {
  const { t } = useLingui()
  const refresh = useRefresh()
  const form = useForm({ legal_name: request.claim?.legal_name ?? '', registration_number: request.claim?.registration_number ?? '' })
  useUnsaved(form.hasChanges)
  const ask = useMutation({
    mutationFn: () => call('post', '/v1/verification/request', { body: form.values }),
    onSuccess: refresh,
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    ask.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      <div className={styles.pair}>
        <TextField {...form.bind('legal_name')} label={t`Full legal name`} />
        <TextField {...form.bind('registration_number')} label={t`Registration number`} />
      </div>
      <div className={styles.save}>
        <Button type="submit" isPending={ask.isPending} isDisabled={request.documents.length === 0}>{of.state === 'verified' ? t`Ask again under this name` : t`Ask to be verified`}</Button>
      </div>
    </Form>
  )
}
