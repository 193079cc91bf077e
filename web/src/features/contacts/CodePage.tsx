/** Where a contact code leads: to the chat with its owner for a colleague, to a plain answer for everybody else. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { MessageCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Member } from '~/api/types'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { homeOrganisation, isOpen, session } from '~/shell/session'
import { ButtonLink } from '~/ui/Button'
import { Logo } from '~/ui/Logo'
import { NotFound } from '~/ui/State'
import { codeOwner } from './queries'
import styles from './contacts.module.css'

const route = getRouteApi('/card/$code')

export function CodePage() {
  const { t } = useLingui()
  const { code } = route.useParams()
  const signedIn = useQuery(session())
  return (
    <div className={styles.public}>
      <PublicTitle>{t`Contact code`}</PublicTitle>
      <main>
        <Logo size={34} tone="accent" />
        <QueryState of={signedIn}>{(found) => (found === null ? <Stranger code={code} /> : <Inside code={code} />)}</QueryState>
        <LanguageSwitch />
      </main>
    </div>
  )
}

/** Says what it is and to whom it is of use; nothing about whose it is. */
function Stranger({ code }: { code: string }) {
  return (
    <>
      <h1 className={styles.name}><Trans>This is a contact code</Trans></h1>
      <p><Trans>It leads people of one organisation to a colleague. If you belong to it, sign in. To anybody else it says nothing.</Trans></p>
      <ButtonLink variant="primary" size="l" href={links.signIn(links.card(code))}><Trans>Sign in</Trans></ButtonLink>
    </>
  )
}

function Inside({ code }: { code: string }) {
  const signedIn = useQuery(session()).data
  if (!signedIn) return null
  if (signedIn.must.length > 0) return <Navigate to={links.welcome()} replace />
  const open = signedIn.organisations.filter(isOpen)
  const home = homeOrganisation(signedIn)
  const slugs = open.map((place) => place.slug).sort((one, other) => Number(other === home?.slug) - Number(one === home?.slug))
  return <Owner code={code} slugs={slugs} />
}

function Owner({ code, slugs }: { code: string; slugs: string[] }) {
  const found = useQuery(codeOwner(code, slugs))
  return (
    <QueryState of={found}>
      {(owner) =>
        owner === null ? (
          <Nowhere><Trans>It ended, its owner made a new one, or it belongs to an organisation you are not in. Ask your colleague to show it again.</Trans></Nowhere>
        ) : (
          <Colleague member={owner.member} slug={owner.slug} />
        )
      }
    </QueryState>
  )
}

function Colleague({ member, slug }: { member: Member; slug: string }) {
  return (
    <>
      <MemberAvatar member={member} size={88} />
      <h1 className={styles.name}>{member.name}</h1>
      <p className={styles.quiet}>{member.position}</p>
      {member.is_me ? (
        <>
          <p><Trans>This is your own code.</Trans></p>
          <ButtonLink href={links.contacts(slug)}><Trans>Back to the contacts</Trans></ButtonLink>
        </>
      ) : (
        <>
          <ButtonLink variant="primary" size="l" icon={MessageCircle} href={links.chatWith(slug, member.id)}><Trans>Start a chat</Trans></ButtonLink>
          <ButtonLink href={links.person(slug, member.id)}><Trans>Show the person</Trans></ButtonLink>
        </>
      )}
    </>
  )
}

function Nowhere({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  return (
    <NotFound level={1} title={t`This code leads nowhere`} action={<ButtonLink href={links.start()}><Trans>To the start</Trans></ButtonLink>}>
      {children}
    </NotFound>
  )
}
