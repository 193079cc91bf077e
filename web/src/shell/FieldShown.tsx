/** What stands in a field, written out; a masked value is shown when somebody asks, and that is recorded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useId } from 'react'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Field, FieldValue, Member } from '~/api/types'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { NameSkeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { useChoiceName, useFieldName, wholeDay } from './fields'
import { links } from './links'
import { useMembersById } from './members'
import { useSlug } from './routes'
import styles from './FieldShown.module.css'

interface Props {
  member: Member
  field: Field
  value: FieldValue
}

export function FieldShown({ member, field, value }: Props) {
  const { i18n } = useLingui()
  const choiceName = useChoiceName()
  if (value.is_masked) return <Masked member={member} field={field} value={value.value} />
  switch (field.kind) {
    case 'number':
      return <span className="num">{Number(value.value).toLocaleString(i18n.locale, { maximumFractionDigits: 15 })}</span>
    case 'date':
      return <time dateTime={value.value}>{wholeDay(value.value, i18n.locale)}</time>
    case 'choice':
      return <>{choiceName(field, value.value)}</>
    case 'person':
      return <Person id={value.value} />
    case 'phone':
      return <Link href={`tel:${value.value}`}>{value.value}</Link>
    case 'link':
      return <Link href={value.value} target="_blank" rel="noopener noreferrer">{value.value}</Link>
    default:
      return <span dir="auto">{value.value}</span>
  }
}

function Person({ id }: { id: string }) {
  const slug = useSlug()
  const people = useMembersById([id])
  const member = people.get(id)
  if (member) return <Link href={links.person(slug, id)}>{member.name}</Link>
  // Nobody is said only once it is known that nobody is.
  return people.isComing ? <NameSkeleton /> : <>–</>
}

function Masked({ member, field, value }: { member: Member; field: Field; value: string }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const name = useFieldName()(field)
  const person = member.name
  const note = useId()
  const reveal = useMutation({
    mutationFn: () => call('post', '/v1/members/{member}/fields/{field}/reveal', { path: { member: member.id, field: field.id } }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  if (reveal.data) return <FieldShown member={member} field={field} value={{ field_id: field.id, value: reveal.data.value, is_masked: false }} />
  return (
    <>
      <span className="num">{value}</span>{' '}
      <Button size="s" icon={Eye} isPending={reveal.isPending} onPress={() => reveal.mutate()} aria-label={t`Show ${name}`} aria-describedby={note}>
        <Trans>Show</Trans>
      </Button>
      <small id={note} className={styles.note}><Trans>Looking is recorded, and {person} sees who looked.</Trans></small>
    </>
  )
}
