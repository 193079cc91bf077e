/** A look at the line that is meant, and what can be done with it. There is room for it on a desk only. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Contact, CornerDownLeft, Link2, MessageCircle, SquareArrowOutUpRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Link } from 'react-aria-components'
import type { Member } from '~/api/types'
import { bytes } from '~/lib/dates'
import { useMedia } from '~/lib/useMedia'
import { stopFinding } from '~/shell/finding'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentPath, departments, type MembersById } from '~/shell/members'
import { conversationParts, type FoundFile } from '~/shell/preview'
import { ButtonLink } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { Kbd } from '~/ui/Kbd'
import { toast } from '~/ui/toast'
import { filtersOf, hrefOf, type Item } from '../items'
import { Marked } from '../Marked'
import { useSearchesMessages } from '../narrowing'
import { OperatorHelp } from '../OperatorHelp'
import { SignHelp } from './SignHelp'
import styles from './Preview.module.css'

interface Props {
  item: Item | undefined
  slug: string
  words: string
  people: MembersById
  onOpen: (item: Item, isAside: boolean) => void
}

export function Preview({ item, slug, onOpen }: Props) {
  const { t } = useLingui()
  const searchesMessages = useSearchesMessages()
  const hasRoom = useMedia('(min-width: 900px)')
  if (!hasRoom) return null
  return (
    <section className={styles.preview} aria-label={t`Preview`}>
      {item ? <About item={item} slug={slug} /> : searchesMessages ? <OperatorHelp /> : <SignHelp />}
      {item && <Acts item={item} slug={slug} onOpen={onOpen} />}
    </section>
  )
}

function About({ item, slug }: { item: Item; slug: string }) {
  const { Title, Facts, Around } = conversationParts()
  switch (item.t) {
    case 'message':
      return (
        <>
          <h2 className={styles.title}><Title id={item.hit.conversation_id} /></h2>
          <Facts id={item.hit.conversation_id} />
          <div className={styles.around}>
            <Around key={item.key} id={item.hit.conversation_id} seq={item.hit.message.seq}><Marked text={item.hit.snippet} marks={item.hit.marks} /></Around>
          </div>
        </>
      )
    case 'conversation':
      return (
        <>
          <h2 className={styles.title}><Title id={item.id} /></h2>
          <Facts id={item.id} />
        </>
      )
    case 'person':
      return <Person member={item.member} slug={slug} />
    case 'file':
      return <File file={item.file} />
    default:
      return null
  }
}

function Person({ member, slug }: { member: Member; slug: string }) {
  const all = useQuery(departments()).data?.items ?? []
  return (
    <div className={styles.person}>
      <MemberAvatar member={member} size={64} />
      <h2 className={styles.title}>{member.name}</h2>
      {member.position && <p className={styles.quiet}>{member.position}</p>}
      {member.department_ids.map((id) => <p key={id} className={styles.quiet}>{departmentPath(all, id).join(' / ')}</p>)}
      {!member.is_me && (
        <span onClickCapture={stopFinding} role="presentation">
          <ButtonLink size="s" icon={MessageCircle} href={links.chatWith(slug, member.id)}><Trans>Message</Trans></ButtonLink>
        </span>
      )}
    </div>
  )
}

function File({ file }: { file: FoundFile }) {
  const { i18n } = useLingui()
  const { Title, FileSquare, FileName, KeptUntil } = conversationParts()
  return (
    <div className={styles.person}>
      <FileSquare file={file.file} />
      <h2 className={styles.title}><FileName name={file.file.name} /></h2>
      <p className={styles.quiet}>{bytes(file.file.size, i18n.locale)} · <Title id={file.conversation_id} /></p>
      <p className={styles.quiet}><KeptUntil at={file.kept_until} /></p>
    </div>
  )
}

function Acts({ item, slug, onOpen }: { item: Item; slug: string; onOpen: Props['onOpen'] }) {
  const { t } = useLingui()
  const href = hrefOf(item, slug)
  const copy = (address: string) => void navigator.clipboard.writeText(new URL(address, location.origin).href).then(() => toast(t`Link copied`))
  const labels: Partial<Record<Item['t'], string>> = { message: t`Jump to this message`, person: t`Open the card`, file: t`Open or download` }
  if (item.t === 'all' || item.t === 'word' || filtersOf(item) !== null) return null
  const inConversation = item.t === 'file' ? links.conversation(slug, item.file.conversation_id, item.file.seq) : null
  return (
    <div className={styles.acts}>
      <Act icon={item.t === 'person' ? Contact : CornerDownLeft} keys="↵" onPress={() => onOpen(item, false)}>{labels[item.t] ?? t`Open`}</Act>
      {href !== null && <Act icon={SquareArrowOutUpRight} keys="Mod ↵" onPress={() => onOpen(item, true)}>{t`Open in a new window`}</Act>}
      {inConversation !== null && <Act icon={MessageCircle} href={inConversation} onPress={stopFinding}>{t`Show in the conversation`}</Act>}
      {(href ?? inConversation) !== null && item.t !== 'function' && <Act icon={Link2} onPress={() => copy(href ?? inConversation ?? '')}>{t`Copy link`}</Act>}
    </div>
  )
}

interface ActProps {
  icon: LucideIcon
  keys?: string
  /** Where it leads, when it is a place. */
  href?: string
  children: ReactNode
  onPress: () => void
}

function Act({ icon, keys, href, children, onPress }: ActProps) {
  const inside = (
    <>
      <Icon icon={icon} size={15} />
      <span className="grow">{children}</span>
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </>
  )
  if (href !== undefined) return <Link className={styles.act} href={href} onPress={onPress}>{inside}</Link>
  return <Button className={styles.act} onPress={onPress}>{inside}</Button>
}
