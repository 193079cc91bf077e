/** Everything the audit log says of one act. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AuditEntry, Permission } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { regionName } from '~/lib/places'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { useActNames } from '../actNames'
import { useApplicationWords } from '../applications/words'
import { useThingKinds } from '../leavers/words'
import { usePermissionWords } from '../roles/words'
import styles from './audit.module.css'
import { changesOf, factsOf } from './details'
import { useFactNames } from './factNames'
import { useRefusals } from './refusals'

/** Facts that are people. */
const PEOPLE = ['asked_by', 'by', 'successor']

interface Props {
  of: AuditEntry
  who: ReactNode
  about: ReactNode
  onClose: () => void
}

export function AuditDialog({ of, who, about, onClose }: Props) {
  const { t, i18n } = useLingui()
  const { nameOfEntry } = useActNames()
  const factName = useFactNames()
  const refusalOf = useRefusals()
  const permissions = usePermissionWords()
  const kinds = useThingKinds()
  const wordsOf = useApplicationWords()
  const people = useMembersById(factsOf(of, factName).flatMap(([field, value]) => (PEOPLE.includes(field) ? [value] : [])))
  const placed = (field: string, value: string) => (field === 'region' && value !== '–' ? regionName(value, i18n.locale) : value)
  const shown = (field: string, value: string) => {
    if (PEOPLE.includes(field)) return <MemberName id={value} people={people} otherwise={value.slice(-6)} />
    if (field === 'application') return wordsOf(value).name
    if (field === 'stored') return value === 'erased' ? t`Erased` : t`Kept out of sight`
    return field === 'kind' ? (kinds[value] ?? value) : placed(field, value)
  }
  const isPermission = (rule: string): rule is Permission => rule in permissions
  const fact = (title: string, value: ReactNode, key = title) => (
    <div key={key}>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <Dialog title={nameOfEntry(of)} size={560} isOpen onOpenChange={onClose} footer={<Button onPress={onClose}><Trans>Close</Trans></Button>}>
      <dl className={styles.facts}>
        {fact(t`Time`, <time dateTime={of.at}>{dayAndClock(of.at, i18n.locale)}</time>)}
        {fact(t`Who`, who)}
        {fact(t`About`, about)}
        {fact(t`Outcome`, of.outcome === 'done' ? t`done` : t`refused`)}
        {typeof of.code === 'string' && fact(t`Reason`, refusalOf(of.code), 'code')}
        {typeof of.rule === 'string' &&
          fact(
            t`Rests on`,
            <>
              {isPermission(of.rule) ? permissions[of.rule].label : of.rule}
              <small><Trans>A documented instruction of the organisation to whoever runs the server.</Trans></small>
            </>,
          )}
        {changesOf(of).map((change) => fact(change.field === '' ? t`Permissions` : factName(change.field), `${placed(change.field, change.before)} → ${placed(change.field, change.after)}`, `change ${change.field}`))}
        {factsOf(of, factName).map(([field, value]) => fact(factName(field), shown(field, value), `fact ${field}`))}
        {typeof of.address === 'string' && fact(t`Network address`, of.address)}
        {typeof of.device === 'string' && fact(t`Device`, of.device)}
        {typeof of.request_id === 'string' && fact(t`Request`, <code>{of.request_id}</code>)}
        {fact(t`Line`, <span className="num">{of.line}</span>)}
      </dl>
    </Dialog>
  )
}
