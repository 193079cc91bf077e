/** Everything the audit log says of one act. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AuditEntry, Department, Permission } from '~/api/types'
import { exactly } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { useActNames } from '../actNames'
import { useApplicationWords } from '../applications/words'
import { usePermissionWords } from '../roles/words'
import styles from './audit.module.css'
import { changesOf, factsOf, idsOf } from './details'
import { useFactNames } from './factNames'
import { useFactValues } from './factValues'
import { useFurther } from './further'
import { useRefusals } from './refusals'

/** Facts that are people. */
const PEOPLE = ['added', 'administrators', 'asked_by', 'by', 'maker', 'members', 'removed', 'seconds', 'successor']

interface Props {
  of: AuditEntry
  who: ReactNode
  about: ReactNode
  departments: readonly Department[]
  onClose: () => void
}

export function AuditDialog({ of, who, about, departments, onClose }: Props) {
  const { t, i18n } = useLingui()
  const { nameOfEntry } = useActNames()
  const factName = useFactNames()
  const refusalOf = useRefusals()
  const permissions = usePermissionWords()
  const wordsOf = useApplicationWords()
  const factValue = useFactValues(departments)
  const say = (field: string, value: unknown) => factValue(of.name, field, value)
  const further = useFurther()(of)
  const facts = further.length > 0 ? [] : factsOf(of)
  const people = useMembersById(facts.flatMap(([field, value]) => (PEOPLE.includes(field) ? idsOf(value) : [])))
  const shown = (field: string, value: unknown) => {
    const ids = PEOPLE.includes(field) ? idsOf(value) : []
    if (ids.length > 0) return ids.map((id, place) => <span key={id}>{place > 0 && ', '}<MemberName id={id} people={people} otherwise={id.slice(-6)} /></span>)
    return field === 'application' && typeof value === 'string' ? wordsOf(value).name : say(field, value)
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
        {fact(t`Time`, <time dateTime={of.at}>{exactly(of.at, i18n.locale)}</time>)}
        {fact(t`Who`, who)}
        {fact(t`About`, about)}
        {fact(t`Outcome`, of.outcome === 'done' ? t`done` : t`refused`)}
        {typeof of.code === 'string' && further.length === 0 && fact(t`Reason`, refusalOf(of.code), 'code')}
        {typeof of.rule === 'string' &&
          fact(
            t`Rests on`,
            <>
              {isPermission(of.rule) ? permissions[of.rule].label : of.rule}
              <small><Trans>A documented instruction of the organisation to whoever runs the server.</Trans></small>
            </>,
          )}
        {changesOf(of, say).map(({ field, before, after }) => fact(factName(field, of.name), `${before} → ${after}`, `change ${field}`))}
        {further.map(([title, text]) => fact(title, text))}
        {facts.map(([field, value]) => fact(factName(field, of.name), shown(field, value), `fact ${field}`))}
        {typeof of.address === 'string' && fact(t`Network address`, of.address)}
        {typeof of.device === 'string' && fact(t`Device`, of.device)}
        {typeof of.request_id === 'string' && fact(t`Request`, <code>{of.request_id}</code>)}
        {fact(t`Line`, <span className="num">{of.line}</span>)}
      </dl>
    </Dialog>
  )
}
