/** Asking an organisation for something about one's data: for anybody, with an account or without (DSR-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { call } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Language, MadeSubjectRequest, SubjectRequestKind } from '~/api/types'
import { useOnline } from '~/lib/useOnline'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { session } from '~/shell/session'
import { useRequestKinds } from '~/shell/subjectRequests'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button, ButtonLink } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { Link } from '~/ui/Link'
import { Select } from '~/ui/Select'
import { TextArea } from '~/ui/TextArea'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { RequestFrame } from './RequestFrame'
import styles from './RequestFrame.module.css'

const route = getRouteApi('/privacy/request')

/** In the order in which people most often ask. */
const KINDS: readonly SubjectRequestKind[] = ['access', 'correction', 'deletion', 'restriction', 'objection', 'explanation', 'withdrawal', 'deceased', 'complaint']

export function RequestPage() {
  const { t } = useLingui()
  const { organisation } = route.useSearch()
  const [made, setMade] = useState<MadeSubjectRequest | null>(null)
  return (
    <RequestFrame>
      <PublicTitle>{t`Privacy request`}</PublicTitle>
      <h1 className={styles.title}><Trans>Privacy request</Trans></h1>
      {made === null ? <Asking start={organisation ?? ''} onMade={setMade} /> : <Made of={made} />}
    </RequestFrame>
  )
}

interface Fields extends Record<string, unknown> {
  organisation: string
  kind: SubjectRequestKind
  name: string
  contact: string
  words: string
}

function Asking({ start, onMade }: { start: string; onMade: (made: MadeSubjectRequest) => void }) {
  const { t, i18n } = useLingui()
  const kinds = useRequestKinds()
  const isOnline = useOnline()
  const places = useQuery(session()).data?.organisations ?? []
  const language: Language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  const form = useForm<Fields>({ organisation: start, kind: 'access', name: '', contact: '', words: '' })
  const { values, bind, set } = form
  // Who is signed in there is known by that: nothing else is asked of them, unless the server does not know them after all.
  const [unknownIn, setUnknownIn] = useState<string | null>(null)
  const place = places.find((one) => one.slug === values.organisation.trim().toLowerCase() && one.state !== 'invited')
  const own = place?.slug === unknownIn ? undefined : place
  const send = useMutation({
    mutationFn: () => {
      const { organisation, kind, words } = values
      const known = own === undefined ? { name: values.name, contact: values.contact } : {}
      return call('post', '/v1/subject-requests', { body: { organisation, kind, words, language, ...known } }, { organisation: own?.slug ?? null })
    },
    onSuccess: onMade,
    onError: (error) => {
      if (hasStatus(error, 404)) form.refuse('organisation', t`No organisation here has this short name.`)
      else if (form.fail(error) === 'contact' && own !== undefined) setUnknownIn(own.slug)
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.organisation.trim() === '') return form.refuse('organisation', t`This is needed.`)
    if (own === undefined && values.contact.trim() === '') return form.refuse('contact', t`This is needed.`)
    if (values.words.trim() === '') return form.refuse('words', t`This is needed.`)
    send.mutate()
  }
  return (
    <>
      <p className={styles.lead}><Trans>Every organisation here decides about the data of its people and answers for it. Say what you want; it answers within fifteen days, and within fifteen working days at the latest, once it knows who you are.</Trans></p>
      <Form className={styles.form} onSubmit={submit}>
        {!isOnline && <Banner tone="warn"><Trans>Without a connection nothing can be sent.</Trans></Banner>}
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <TextField {...bind('organisation')} label={t`Short name of the organisation`} description={t`It stands in the address where its people sign in.`} spellCheck="false" />
        <Select label={t`What you want`} choices={KINDS.map((id) => ({ id, label: kinds[id] }))} value={values.kind} onChange={(chosen) => set('kind', chosen)} />
        {own === undefined ? (
          <>
            <TextField {...bind('name')} label={t`Your name`} autoComplete="name" maxLength={100} />
            <TextField {...bind('contact')} label={t`Phone or e-mail`} description={t`One that the organisation has of you, so that it can find out that it is you. Nothing else is asked for.`} autoComplete="email" maxLength={200} />
          </>
        ) : (
          <Banner tone="accent"><Trans>You are signed in there, so the organisation knows who asks.</Trans></Banner>
        )}
        <TextArea {...bind('words')} label={t`In your words`} description={values.kind === 'deceased' ? t`Whose relative you are, and what they had arranged, if you know. Papers are shown to the organisation, not sent here.` : t`Which data, and what is to be done.`} rows={6} maxLength={4000} />
        <div><Button type="submit" variant="primary" isPending={send.isPending} isDisabled={!isOnline}><Trans>Send the request</Trans></Button></div>
        <p className={styles.quiet}>
          <Trans>What you write is kept encrypted, read by those who answer requests there, and erased after five years.</Trans> <Link href={links.statement()}><Trans>Privacy statement</Trans></Link>
        </p>
      </Form>
    </>
  )
}

/** Whoever sent the form is at its end: they go on here. */
const goOn = (element: HTMLElement | null) => element?.focus()

/** The link is told this once: nobody can look it up again. */
function Made({ of }: { of: MadeSubjectRequest }) {
  const { t } = useLingui()
  const { number } = of.request
  const path = links.subjectRequest(of.token)
  const address = new URL(path, location.origin).href
  return (
    <div ref={goOn} className={styles.form} role="group" tabIndex={-1} aria-label={t`Your request was sent`}>
      <p><Trans>Your request has the number <b>{number}</b>. The answer appears at this address. Keep it: whoever has it reads the answer, and nobody can tell it to you again.</Trans></p>
      <div className={styles.secret}>
        <code>{address}</code>
        <Button icon={Copy} onPress={() => void navigator.clipboard.writeText(address).then(() => toast(t`Link copied`))}><Trans>Copy</Trans></Button>
      </div>
      <div><ButtonLink href={path}><Trans>See how far it is</Trans></ButtonLink></div>
    </div>
  )
}
