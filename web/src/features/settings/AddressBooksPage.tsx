/** Passwords with which the address book of a device reads the directory over CardDAV: made, shown once, revoked. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BookUser, Copy, Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { Form } from 'react-aria-components'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { AppPassword, NewAppPassword } from '~/api/types'
import { day } from '~/lib/dates'
import { useIsOn } from '~/shell/applications'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Dialog } from '~/ui/Dialog'
import { Icon } from '~/ui/Icon'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { appPasswords } from './queries'
import styles from './settings.module.css'

export function AddressBooksPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(appPasswords())
  const [isMaking, setMaking] = useState(false)
  const isOn = useIsOn()('address_books')
  return (
    <>
      <PageTitle>{t`Address books`}</PageTitle>
      <PageHead title={t`Address books`} back={links.me(slug)} lead={<PrivacyLine seenBy={t`Only you`} />} />
      <PageBody width="narrow">
        {!isOn && <Banner tone="warn"><Trans>Your organisation has switched this off: no device is let in. What was made can be revoked.</Trans></Banner>}
        <Section
          title={t`Devices that read the directory`}
          lead={t`The address book of a phone or computer can show the colleagues and contacts you see here (CardDAV). It changes nothing here. Each device gets a password of its own.`}
          actions={isOn && <Button variant="primary" icon={Plus} onPress={() => setMaking(true)}><Trans>New password</Trans></Button>}
        >
          <QueryState of={found} skeleton={<Skeleton rows={2} />}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t`No device yet`}>{isOn ? <Trans>Make a password, then add a CardDAV account on the device.</Trans> : undefined}</EmptyState>
              ) : (
                <ul className={styles.rows} aria-label={t`Devices that read the directory`}>{items.map((one) => <Row key={one.id} password={one} />)}</ul>
              )
            }
          </QueryState>
        </Section>
      </PageBody>
      {isMaking && <MakeDialog onClose={() => setMaking(false)} />}
    </>
  )
}

function Row({ password }: { password: AppPassword }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => call('delete', '/v1/app-passwords/{password}', { path: { password: password.id } }),
    onSuccess: async () => {
      setAsking(false)
      await markStale(queries, [keyOf('/v1/app-passwords')])
      toast(t`Password revoked`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const made = day(password.created_at, i18n.locale)
  const used = password.used_at ? day(password.used_at, i18n.locale) : null
  return (
    <li className={styles.device}>
      <Icon icon={BookUser} size={19} />
      <div className="grow">
        <b>{password.name}</b>
        <small>{used === null ? <Trans>made {made} · never used</Trans> : <Trans>made {made} · last used {used}</Trans>}</small>
      </div>
      <Button size="s" aria-label={t`Revoke ${password.name}`} onPress={() => setAsking(true)}><Trans>Revoke</Trans></Button>
      <ConfirmDialog title={t`Revoke this password?`} confirm={t`Revoke`} isOpen={isAsking} onOpenChange={setAsking} isPending={revoke.isPending} onConfirm={() => revoke.mutate()}>
        <Trans>{password.name} is let in no more. What it has read already stays on it until you remove the account there.</Trans>
      </ConfirmDialog>
    </li>
  )
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const form = useForm({ name: '' })
  const [made, setMade] = useState<NewAppPassword | null>(null)
  const make = useMutation({
    mutationFn: () => call('post', '/v1/app-passwords', { body: { name: form.values.name } }),
    onSuccess: async (password) => {
      setMade(password)
      await markStale(queries, [keyOf('/v1/app-passwords')])
    },
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    make.mutate()
  }
  if (made) return <Once made={made} onClose={onClose} />
  return (
    <Dialog
      title={t`New password`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={make.isPending}><Trans>Make it</Trans></Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <TextField {...form.bind('name')} label={t`Which device`} description={t`So that you know it again, such as “Phone”.`} autoFocus />
      </Form>
    </Dialog>
  )
}

function Once({ made, onClose }: { made: NewAppPassword; onClose: () => void }) {
  const { t } = useLingui()
  const lines = [
    { name: t`Server`, value: made.server },
    { name: t`User name`, value: made.user_name },
    { name: t`Password`, value: made.password },
  ]
  return (
    <Dialog title={t`Type this into the device`} size={560} isOpen onOpenChange={onClose} isDismissable={false} footer={<Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>}>
      <div className={styles.form}>
        <p><Trans>Add a CardDAV account on the device. The password is shown only now.</Trans></p>
        {lines.map(({ name, value }) => (
          <div key={name} className={styles.secret}>
            <div className="grow">
              <small>{name}</small>
              <code>{value}</code>
            </div>
            <Button icon={Copy} aria-label={t`Copy: ${name}`} onPress={() => void navigator.clipboard.writeText(value).then(() => toast(t`Copied`))}><Trans>Copy</Trans></Button>
          </div>
        ))}
      </div>
    </Dialog>
  )
}
