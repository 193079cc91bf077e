/** What is known of somebody outside, and the ways to reach them: a call, a text, an e-mail (DIR-07). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { MessageSquareText, Pencil, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { OutsideContact } from '~/api/types'
import { betweenOf, listOf } from '~/lib/lists'
import { useIsPhone } from '~/lib/useMedia'
import { colourOf } from '~/lib/names'
import { links } from '~/shell/links'
import { MemberName } from '~/shell/MemberName'
import { departmentPath, departments, useMembersById } from '~/shell/members'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMe, useOrganisationName } from '~/shell/session'
import { Avatar } from '~/ui/Avatar'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Link } from '~/ui/Link'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { ContactDialog } from './ContactDialog'
import { contact as contactQuery } from './queries'
import { useKindNames, useLabelNames } from './words'
import styles from './contacts.module.css'

const route = getRouteApi('/o/$slug/people/contacts/$contact')

export function ContactCard() {
  const { t } = useLingui()
  const slug = useSlug()
  const { contact } = route.useParams()
  const found = useQuery(contactQuery(contact))
  return (
    <section className={styles.card} aria-label={t`Contact`}>
      <div className={styles.close}>
        <IconButton icon={X} label={t`Close`} href={links.contacts(slug)} />
      </div>
      <QueryState of={found} skeleton={<Skeleton kind="form" rows={5} />}>{(one) => <Card contact={one} />}</QueryState>
    </section>
  )
}

function Card({ contact }: { contact: OutsideContact }) {
  const isPhone = useIsPhone()
  const kinds = useKindNames()
  const [isEditing, setEditing] = useState(false)
  const { card } = contact
  return (
    <>
      <Avatar name={card.name} colour={colourOf(contact.id)} size={88} isExternal />
      {isPhone ? <h1 className={styles.name}>{card.name}</h1> : <h2 className={styles.name}>{card.name}</h2>}
      <p className={styles.quiet}>{[card.company, card.position].filter(Boolean).join(' · ')}</p>
      <div className={styles.chips}><Chip tone={contact.kind === 'customer' ? 'accent' : 'plain'}>{kinds[contact.kind]}</Chip></div>
      <Facts contact={contact} />
      {contact.can.edit && (
        <div className={styles.buttons}>
          <Button icon={Pencil} onPress={() => setEditing(true)}><Trans>Edit</Trans></Button>
          <Delete contact={contact} />
        </div>
      )}
      <SeenBy contact={contact} />
      {isEditing && <ContactDialog contact={contact} onClose={() => setEditing(false)} />}
    </>
  )
}

function Facts({ contact }: { contact: OutsideContact }) {
  const { t } = useLingui()
  const labels = useLabelNames()
  const { phones = [], emails = [], note } = contact.card
  return (
    <dl className={styles.facts}>
      {phones.map((phone, at) => (
        <div key={at} className={styles.fact}>
          <dt>{labels[phone.label ?? 'other']}</dt>
          <dd className="num"><Link href={dialled('tel', phone.number)} aria-label={t`Call ${phone.number}`}>{phone.number}</Link></dd>
          {phone.label !== 'fax' && <IconButton icon={MessageSquareText} size="s" label={t`Text ${phone.number}`} href={dialled('sms', phone.number)} />}
        </div>
      ))}
      {emails.map((email, at) => (
        <div key={at} className={styles.fact}>
          <dt>{t`E-mail`}</dt>
          <dd><Link href={`mailto:${encodeURIComponent(email.address)}`}>{email.address}</Link></dd>
        </div>
      ))}
      {note && (
        <div className={styles.fact}>
          <dt>{t`Note`}</dt>
          <dd>{note}</dd>
        </div>
      )}
    </dl>
  )
}

/** Only what can be dialled goes into the address. */
const dialled = (scheme: 'tel' | 'sms', number: string) => `${scheme}:${number.replace(/[^0-9+*#,;]/g, '').replaceAll('#', '%23')}`

function Delete({ contact }: { contact: OutsideContact }) {
  const { t } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/contacts/{contact}', { path: { contact: contact.id } }, { seen: etagOf(contact) }),
    onSuccess: async () => {
      await navigate({ href: links.contacts(slug) })
      await markStale(queries, [keyOf('/v1/contacts')])
      toast(t`Contact deleted`)
    },
    onError: async (error) => {
      setAsking(false)
      toast(textOf(error), { tone: 'bad' })
      await markStale(queries, [keyOf('/v1/contacts'), keyOf('/v1/contacts/{contact}')])
    },
  })
  return (
    <>
      <Button icon={Trash2} onPress={() => setAsking(true)}><Trans>Delete</Trans></Button>
      <ConfirmDialog title={t`Delete this contact?`} confirm={t`Delete`} isOpen={isAsking} onOpenChange={setAsking} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        {contact.shared_with.length > 0 ? <Trans>It goes for everybody it is shared with, and cannot be brought back.</Trans> : <Trans>It cannot be brought back.</Trans>}
      </ConfirmDialog>
    </>
  )
}

/** In the words of the server: its owner, and who it is shared with. */
function SeenBy({ contact }: { contact: OutsideContact }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const organisation = useOrganisationName()
  const all = useQuery(departments()).data?.items ?? []
  const people = useMembersById([contact.owner_id])
  const isMine = me?.id === contact.owner_id
  const names = contact.shared_with.map((one) => (one.kind === 'everyone' ? t`Everybody in ${organisation}` : one.kind === 'department' ? departmentPath(all, one.id).join(' / ') : ''))
  const owner = isMine ? t`You` : <MemberName id={contact.owner_id} people={people} otherwise="–" />
  const seenBy = names.length === 0 ? (isMine ? t`Only you` : owner) : <>{owner}{betweenOf(i18n.locale)}{listOf(i18n.locale, names)}</>
  return <PrivacyLine seenBy={seenBy} keptFor={isMine ? t`While you are a member, or until you delete it` : t`While its owner is a member, or until it is deleted`} />
}
