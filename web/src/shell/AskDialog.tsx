/** Whom one can ask, and what is known without asking: where things are kept, and for how long (ADM-08). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Copy, MessageCircle } from 'lucide-react'
import { useId } from 'react'
import { Button as Plain } from 'react-aria-components'
import type { Member, WhomToAsk } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Icon } from '~/ui/Icon'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { type AskTopic, leaveQuestion, stopAsking, whomToAsk } from './asking'
import { links } from './links'
import { MemberAvatar } from './MemberAvatar'
import { QueryState } from './QueryState'
import { useOrganisation, useOrganisationName } from './session'
import { StorageFacts } from './StorageFacts'
import styles from './AskAdministrator.module.css'

interface Props {
  slug: string
  topic: AskTopic
}

export function AskDialog({ slug, topic }: Props) {
  const { t } = useLingui()
  const found = useQuery(whomToAsk())
  return (
    <Dialog
      title={t`Ask my administrator`}
      size={560}
      isOpen
      onOpenChange={(isOpen) => !isOpen && stopAsking()}
      footer={found.data && <CopyContact name={found.data.contact_name} />}
    >
      <QueryState of={found} skeleton={<Skeleton rows={4} />}>
        {(whom) => (
          <div className={styles.parts}>
            {topic === 'keeping' && <Facts />}
            <People whom={whom} slug={slug} topic={topic} />
            {topic !== 'keeping' && <Facts />}
          </div>
        )}
      </QueryState>
    </Dialog>
  )
}

function Facts() {
  const { t } = useLingui()
  const heading = useId()
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h3 id={heading}>{t`Where is this kept, and for how long?`}</h3>
      <StorageFacts />
    </section>
  )
}

function People({ whom, slug, topic }: { whom: WhomToAsk } & Props) {
  const { t } = useLingui()
  const heading = useId()
  const router = useRouter()
  const question = useQuestion(topic)
  const open = (member: Member) => {
    if (question !== null) leaveQuestion(member.id, question)
    stopAsking()
    void router.navigate({ href: links.chatWith(slug, member.id) })
  }
  const contact = isolated(whom.contact_name)
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h3 id={heading}>{t`Whom to ask`}</h3>
      {whom.people.length === 0 ? (
        <p>{whom.is_asked ? <Trans>People ask you: there is nobody else here whom you could ask.</Trans> : <Trans>Nobody you can see here answers. Turn to {contact}, the contact of your organisation.</Trans>}</p>
      ) : (
        <>
          <p>{question === null ? <Trans>Opens your chat with them.</Trans> : <Trans>Opens your chat with them; your question stands there as a draft, and you send it.</Trans>}</p>
          <ul className={styles.people}>
            {whom.people.map((member) => (
              <li key={member.id}><Person member={member} onAsk={() => open(member)} /></li>
            ))}
          </ul>
        </>
      )}
      <Contact name={contact} />
    </section>
  )
}

function Person({ member, onAsk }: { member: Member; onAsk: () => void }) {
  const name = isolated(member.name)
  return (
    <Plain className={styles.person} onPress={onAsk}>
      <MemberAvatar member={member} size={32} />
      <span className="grow">
        <span className={`${styles.name} ellipsis`}><Trans>Ask {name}</Trans></span>
        {member.position && <span className={`${styles.detail} ellipsis`}>{member.position}</span>}
      </span>
      <Icon icon={MessageCircle} />
    </Plain>
  )
}

/** Phone and e-mail are there for whoever may change the organisation, and for nobody else. */
function useReach(): string[] {
  const contact = useOrganisation()?.contact
  return [contact?.phone, contact?.email].filter((one): one is string => typeof one === 'string' && one !== '')
}

function Contact({ name }: { name: string }) {
  const reach = useReach()
  return (
    <p>
      <Trans>Contact of the organisation: {name}</Trans>
      {reach.map((one) => <span key={one}> · <bdi>{one}</bdi></span>)}
    </p>
  )
}

function CopyContact({ name }: { name: string }) {
  const { t } = useLingui()
  const organisation = useOrganisationName()
  const reach = useReach()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText([organisation, name, ...reach].join('\n'))
      toast(t`Contact copied`)
    } catch {
      toast(t`This browser did not allow copying.`, { tone: 'bad' })
    }
  }
  return <Button icon={Copy} onPress={() => void copy()}><Trans>Copy contact</Trans></Button>
}

/** How the question begins; `null` where nothing is known of it. */
function useQuestion(topic: AskTopic): string | null {
  const { t } = useLingui()
  const address = location.origin + location.pathname
  switch (topic) {
    case 'access':
      return t`I would like to open this and may not: ${address}`
    case 'application':
      return t`I need something that is switched off: ${address}`
    case 'files':
      return t`I would like to send a file that is not taken here.`
    case 'keeping':
      return t`I have a question about where things are kept here, and for how long.`
    case 'profile':
      return t`Something in my profile has to be changed.`
    case 'anything':
      return null
  }
}
