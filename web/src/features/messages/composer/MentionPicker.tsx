/** The people offered for an @. The text field keeps the focus and says which one is active. */
import { useLingui } from '@lingui/react/macro'
import { Users } from 'lucide-react'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { Icon } from '~/ui/Icon'
import { usePerson } from '../context'
import { useDepartmentName } from '../conversation/departments'
import type { Candidate } from './useMentions'
import styles from './MentionPicker.module.css'

interface Props {
  id: string
  candidates: readonly Candidate[]
  active: number
  count: number
  onActive: (index: number) => void
  onChoose: (candidate: Candidate) => void
}

export const optionId = (list: string, index: number) => `${list}-${index}`

export function MentionPicker({ id, candidates, active, count, onActive, onChoose }: Props) {
  const { t } = useLingui()
  return (
    <div id={id} className={styles.list} role="listbox" aria-label={t`Mention somebody`}>
      {candidates.map((candidate, index) => (
        <div
          key={candidate.id}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.option}
          onPointerMove={() => onActive(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(candidate)}
          onKeyDown={() => undefined}
        >
          {candidate.isAll === true ? <Everybody name={candidate.name} count={count} /> : <Somebody id={candidate.id} name={candidate.name} />}
        </div>
      ))}
    </div>
  )
}

function Everybody({ name, count }: { name: string; count: number }) {
  return (
    <>
      <span className={styles.all}><Icon icon={Users} size={15} /></span>
      <span className="grow">{name}</span>
      <span className={styles.detail}>{count}</span>
    </>
  )
}

function Somebody({ id, name }: { id: string; name: string }) {
  const person = usePerson(id)
  const department = useDepartmentName(person?.department ?? null)
  return (
    <>
      <MemberAvatar member={person ?? { id, name, colour: 8, avatar: null }} size={28} />
      <span className="grow ellipsis" dir="auto">{name}</span>
      {department !== null && <span className={`${styles.detail} ellipsis`}>{department}</span>}
    </>
  )
}
