/** Asks an organisation, accepts one, or says whom a peer sees of us: each with the contact that is shown. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Peer } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { peerKeys } from '../queries'

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

const valuesOf = (peer: Peer | undefined) => ({ slug: '', name: peer?.own_contact?.name ?? '', phone: peer?.own_contact?.phone ?? '', email: peer?.own_contact?.email ?? '' })

/** `peer` is the one that is there: as it is now, so that whoever was refused can try again. */
type Props = ({ what: 'ask'; peer?: undefined } | { what: 'accept' | 'contact'; peer: Peer }) & { onClose: () => void }

export function PeerDialog({ what, peer, onClose }: Props) {
  const { t, i18n } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const phone = t({ message: 'Phone', context: 'of whoever is to be asked for' })
  const form = useForm(valuesOf(peer))
  const { before, isOthers, take } = useTheirs(peer, valuesOf, form)
  const [was, is] = [valuesOf(before), valuesOf(peer)]
  const lines = differing([
    { id: 'name', label: t`Contact name`, value: is.name, was: was.name, is: is.name },
    { id: 'phone', label: phone, value: is.phone, was: was.phone, is: is.phone },
    { id: 'email', label: t`E-mail`, value: is.email, was: was.email, is: is.email },
  ])
  const { values, bind } = form
  const save = useMutation({
    mutationFn: () => {
      const { name, phone, email } = { name: values.name.trim(), phone: orNull(values.phone), email: orNull(values.email) }
      const contact = name === '' && phone === null && email === null ? null : { name, phone, email }
      if (what === 'ask') return call('post', '/v1/peers', { body: { slug: values.slug.trim(), contact } })
      const path = { peer: peer.id }
      const seen = { seen: etagOf(peer) }
      return what === 'accept' ? call('post', '/v1/peers/{peer}/accept', { path, body: { contact } }, seen) : call('put', '/v1/peers/{peer}/contact', { path, body: { contact } }, seen)
    },
    onSuccess: async () => {
      await markStale(queries, peerKeys())
      toast(what === 'ask' ? t`The organisation is asked` : what === 'accept' ? t`Connected` : t`Saved`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // With what is gone this window goes too: why is said beside it.
      if (hasStatus(error, 404)) toast(textOf(error), { tone: 'bad' })
      // The next try is about what the other one left.
      if (hasStatus(error, 404, 409, 412)) await markStale(queries, peerKeys())
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (what === 'ask' && values.slug.trim() === '') return form.refuse('slug', t`This is needed.`)
    save.mutate()
  }
  const name = what === 'ask' ? '' : isolated(organisationName(peer, i18n.locale))
  const titles = { ask: t`Ask an organisation`, accept: t`Accept ${name}`, contact: t`Whom ${name} sees` }
  const verbs = { ask: t`Ask`, accept: t`Accept`, contact: t`Save` }
  return (
    <Dialog
      title={titles[what]}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={save.isPending}>{verbs[what]}</Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        {isOthers && !save.isPending && lines.length > 0 && <TheirChanges lines={lines} onTake={take} />}
        {what === 'ask' && <TextField {...bind('slug')} label={t`Short name of the organisation`} description={t`Under which its people sign in. They see the name of your organisation, and that it is verified.`} autoFocus />}
        <Banner tone="info"><Trans>Once you are connected, those over there who may speak with peers see this contact. Leave it empty to show only the name of your organisation.</Trans></Banner>
        <TextField {...bind('name')} label={t`Contact name`} />
        <div className={styles.pair}>
          <TextField {...bind('phone')} label={phone} type="tel" />
          <TextField {...bind('email')} label={t`E-mail`} type="email" />
        </div>
      </Form>
    </Dialog>
  )
}
