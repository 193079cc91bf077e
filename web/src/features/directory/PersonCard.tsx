/** The card of one person, and the way to talk to them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Mail, MessageCircle, MessageSquareText, Pencil, Phone, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link as Plain } from 'react-aria-components'
import type { Member } from '~/api/types'
import { day } from '~/lib/dates'
import { useIsPhone } from '~/lib/useMedia'
import { FieldShown } from '~/shell/FieldShown'
import { groupsOf, useFieldName, useFields, wholeDay } from '~/shell/fields'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentPath, departments } from '~/shell/members'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useOrganisationName } from '~/shell/session'
import { ButtonLink } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Icon, type LucideIcon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Link } from '~/ui/Link'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { person } from './queries'
import styles from './PersonCard.module.css'

const route = getRouteApi('/o/$slug/people/$member')

export function PersonCard() {
  const { t } = useLingui()
  const slug = useSlug()
  const { member } = route.useParams()
  const { department } = route.useSearch()
  const found = useQuery(person(member))
  return (
    <section className={styles.card} aria-label={t`Person`}>
      <div className={styles.close}>
        <IconButton icon={X} label={t`Close`} href={department === undefined ? links.people(slug) : links.department(slug, department)} />
      </div>
      <QueryState of={found} skeleton={<Skeleton kind="form" rows={5} />}>{(one) => <Card member={one} slug={slug} />}</QueryState>
    </section>
  )
}

function Card({ member, slug }: { member: Member; slug: string }) {
  const { t, i18n } = useLingui()
  const isPhone = useIsPhone()
  const all = useQuery(departments()).data?.items ?? []
  const organisation = useOrganisationName()
  return (
    <>
      <MemberAvatar member={member} size={88} />
      {isPhone ? <h1 className={styles.name}>{member.name}</h1> : <h2 className={styles.name}>{member.name}</h2>}
      <p className={styles.position}>{member.position}</p>
      {member.signature && <p className={styles.signature}>{member.signature}</p>}
      <div className={styles.chips}>
        {member.role === 'owner' && <Chip tone="accent"><Trans>Owner</Trans></Chip>}
        {member.role === 'administrator' && <Chip tone="accent"><Trans>Administrator</Trans></Chip>}
        {member.state === 'suspended' && <Chip tone="warn"><Trans>Suspended</Trans></Chip>}
        {member.state === 'disabled' && <Chip tone="warn"><Trans>disabled</Trans></Chip>}
        {member.state === 'leaving' && <Chip tone="bad"><Trans>leaving</Trans></Chip>}
        {member.restricted_at && <Chip tone="info"><Trans>Data frozen since {day(member.restricted_at, i18n.locale)}</Trans></Chip>}
      </div>
      <div className={styles.ways}>
        {member.is_me ? (
          <ButtonLink size="l" isWide icon={Pencil} href={links.settings(slug, 'profile')}><Trans>Edit my profile</Trans></ButtonLink>
        ) : (
          <>
            {member.state === 'active' && <Way icon={MessageCircle} href={links.chatWith(slug, member.id)} isMain>{t`Message`}</Way>}
            {member.phone && <Way icon={Phone} href={`tel:${member.phone}`}>{t`Call`}</Way>}
            {member.phone && <Way icon={MessageSquareText} href={`sms:${member.phone}`}>{t({ message: 'Text', context: 'send an SMS' })}</Way>}
            {member.email && <Way icon={Mail} href={`mailto:${member.email}`}>{t`E-mail`}</Way>}
          </>
        )}
      </div>
      <dl className={styles.facts}>
        {member.department_ids.map((id, place) => (
          <Fact key={id} name={place === 0 && member.department_ids.length > 1 ? t`Main department` : t`Department`}>
            <span className={styles.place}>
              <Link href={links.department(slug, id)}>{departmentPath(all, id).join(' / ')}</Link>
              {member.leads.includes(id) && <Chip isTag tone="accent">{t({ message: 'Leader', context: 'of a department' })}</Chip>}
            </span>
          </Fact>
        ))}
        {member.staff_number && <Fact name={t`Staff number`}><span className="num">{member.staff_number}</span></Fact>}
        {member.phone && <Fact name={t`Phone`}><Link href={`tel:${member.phone}`}>{member.phone}</Link></Fact>}
        {member.email && <Fact name={t`E-mail`}><Link href={`mailto:${member.email}`}>{member.email}</Link></Fact>}
        {member.user_id && <Fact name={t`User ID`}>{member.user_id}</Fact>}
        {member.birthday && <Fact name={t`Birthday`}>{wholeDay(member.birthday, i18n.locale)}</Fact>}
      </dl>
      <OtherFacts member={member} />
      <PrivacyLine seenBy={t`${organisation} decides for each field who sees it`} keptFor={t`Kept for as long as they are a member`} />
    </>
  )
}

/** What stands in the fields the organisation decided about, group by group. */
function OtherFacts({ member }: { member: Member }) {
  const { i18n } = useLingui()
  const nameOf = useFieldName()
  const filled = useFields().filter((field) => member.values.some((one) => one.field_id === field.id))
  return groupsOf(filled, i18n.locale).map((group) => (
    <section key={group.name} aria-label={group.name === '' ? undefined : group.name}>
      {group.name !== '' && <h3 className={styles.group}>{group.name}</h3>}
      <dl className={styles.facts}>
        {group.fields.map((field) => {
          const value = member.values.find((one) => one.field_id === field.id)
          return value && <Fact key={field.id} name={nameOf(field)}><FieldShown member={member} field={field} value={value} /></Fact>
        })}
      </dl>
    </section>
  ))
}

/** A way to reach somebody. */
function Way({ icon, href, isMain, children }: { icon: LucideIcon; href: string; isMain?: boolean; children: ReactNode }) {
  return (
    <Plain href={href} className={styles.way} data-main={isMain || undefined}>
      <Icon icon={icon} size={19} />
      {children}
    </Plain>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
