/** One line of what was found: its face, its words with the marks, where it stands and when. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, Building2, CalendarDays, Files, History } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Member } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes, dayAndClock, shortly } from '~/lib/dates'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentNames, departments, type MembersById } from '~/shell/members'
import { MemberName } from '~/shell/MemberName'
import { conversationParts } from '~/shell/preview'
import { Avatar } from '~/ui/Avatar'
import { Icon, type LucideIcon } from '~/ui/Icon'
import { contactOf } from './contact'
import type { Item } from './items'
import { Marked, marksOf } from './Marked'
import styles from './Line.module.css'

interface Props {
  item: Item
  /** What was looked for, for the marks in names. */
  words: string
  /** The authors of what was found. */
  people: MembersById
  /** Says until when what was found is kept, where there is room. */
  hasKept?: boolean
}

export function Line({ item, words, people, hasKept = false }: Props) {
  const { Title, Picture, Facts } = conversationParts()
  switch (item.t) {
    case 'function':
      return <Parts start={<Sign icon={item.it.icon} />} title={<Marked text={item.it.label} marks={marksOf(item.it.label, words)} />} detail={item.it.place} />
    case 'person':
    case 'from':
      return <Person member={item.member} words={words} />
    case 'department':
      return (
        <Parts
          start={<Sign icon={Building2} colour={3} />}
          title={<Marked text={item.department.name} marks={marksOf(item.department.name, words)} />}
          detail={item.path}
          end={<Plural value={item.department.member_count} one="# person" other="# people" />}
        />
      )
    case 'conversation':
    case 'in':
      return <Parts start={<Picture id={item.id} size={32} />} title={<Title id={item.id}>{(title) => <Marked text={title} marks={marksOf(title, words)} />}</Title>} detail={<Facts id={item.id} />} />
    case 'message':
      return <Message item={item} people={people} hasKept={hasKept} />
    case 'file':
      return <File item={item} people={people} />
    case 'narrow':
      return <Parts start={<Sign icon={item.filters.kind === undefined ? CalendarDays : Files} />} title={item.label} />
    case 'word':
      return <Parts start={<Sign icon={History} />} title={item.word.text} />
    case 'all':
      return <Parts start={<Sign icon={ArrowRight} />} title={words === '' ? <Trans context="that was found">Show everything</Trans> : <Trans>All results for “{words}”</Trans>} />
  }
}

function Parts({ start, title, detail, end }: { start: ReactNode; title: ReactNode; detail?: ReactNode; end?: ReactNode }) {
  return (
    <>
      {start}
      <span className="grow">
        <span className={`${styles.title} ellipsis`} dir="auto">{title}</span>
        {detail !== undefined && detail !== '' && <span className={`${styles.detail} ellipsis`}>{detail}</span>}
      </span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </>
  )
}

function Sign({ icon, colour = 8 }: { icon: LucideIcon; colour?: number }) {
  return (
    <span className={styles.sign} data-colour={colour}>
      <Icon icon={icon} size={16} />
    </span>
  )
}

function Person({ member, words }: { member: Member; words: string }) {
  const { i18n } = useLingui()
  const all = useQuery(departments()).data?.items ?? []
  const place = departmentNames(all, member.department_ids, i18n.locale)
  const known = [member.position, place].filter(Boolean).join(' · ')
  const contact = contactOf(member, words)
  return (
    <Parts
      start={<MemberAvatar member={member} size={32} />}
      title={<Marked text={member.name} marks={marksOf(member.name, words)} />}
      detail={contact === null ? known : <><Marked text={contact} marks={marksOf(contact, words)} />{known !== '' && ` · ${known}`}</>}
      end={member.staff_number}
    />
  )
}

function When({ at }: { at: string }) {
  const { i18n } = useLingui()
  return <time dateTime={at} title={dayAndClock(at, i18n.locale)}>{shortly(at, i18n.locale)}</time>
}

function Message({ item: { hit }, people, hasKept }: { item: Extract<Item, { t: 'message' }>; people: MembersById; hasKept: boolean }) {
  const { KeptUntil } = conversationParts()
  const author = people.get(hit.message.author_id)
  return (
    <Parts
      start={author ? <MemberAvatar member={author} size={32} /> : <Avatar name="" size={32} />}
      title={<Marked text={hit.snippet} marks={hit.marks} />}
      detail={<><Place conversation={hit.conversation_id} author={hit.message.author_id} people={people} />{hasKept && <> · <KeptUntil at={hit.message.kept_until} /></>}</>}
      end={<When at={hit.message.sent_at} />}
    />
  )
}

function File({ item: { file, marks }, people }: { item: Extract<Item, { t: 'file' }>; people: MembersById }) {
  const { i18n } = useLingui()
  const { FileSquare, KeptUntil } = conversationParts()
  return (
    <Parts
      start={<FileSquare file={file.file} />}
      title={<Marked text={file.file.name} marks={marks} />}
      detail={<>{bytes(file.file.size, i18n.locale)} · <Place conversation={file.conversation_id} author={file.author_id} people={people} /> · <KeptUntil at={file.kept_until} /></>}
      end={<When at={file.sent_at} />}
    />
  )
}

/** Where and by whom: a conversation of two is called as the other one is, who need not be named twice. */
function Place({ conversation, author, people }: { conversation: string; author: string; people: MembersById }) {
  const { Title } = conversationParts()
  const name = people.get(author)?.name
  return <Title id={conversation}>{(title) => name !== undefined && title === isolated(name) ? title : <>{title}<Author id={author} people={people} /></>}</Title>
}

/** After the conversation, with its dot. Until the name is known there is neither. */
function Author({ id, people }: { id: string; people: MembersById }) {
  if (!people.get(id) && people.isComing) return null
  return <> · <MemberName id={id} people={people} otherwise={<Trans>somebody who left</Trans>} /></>
}
