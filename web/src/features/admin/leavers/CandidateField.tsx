/** Who may have something: somebody of a few, or anybody of a department or of all. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Principal } from '~/api/types'
import { useMembersById } from '~/shell/members'
import { PersonField } from '~/shell/PersonField'
import { ComboBox } from '~/ui/ComboBox'

interface Props {
  label: string
  candidates: readonly Principal[]
  value: string | null
  onChange: (id: string | null) => void
  errorMessage?: string | undefined
}

export function CandidateField({ label, candidates, value, onChange, errorMessage }: Props) {
  const people = useMembersById([value])
  const few = candidates.flatMap((one) => (one.kind === 'member' ? [one.id] : []))
  const member = value === null ? null : (people.get(value) ?? null)
  // Whoever is proposed is known a moment later: until then the field would begin empty.
  if (value !== null && member === null && people.isComing) return null
  if (few.length === candidates.length) return <OneOfFew label={label} ids={few} value={value} onChange={onChange} errorMessage={errorMessage} />
  const department = candidates.flatMap((one) => (one.kind === 'department' ? [one.id] : []))[0]
  return <PersonField label={label} isLabelHidden value={member} onChange={(chosen) => onChange(chosen?.id ?? null)} department={department} errorMessage={errorMessage} />
}

/** The nearest come first; of a large group the first hundred are offered. */
function OneOfFew({ label, ids, value, onChange, errorMessage }: { label: string; ids: readonly string[]; value: string | null; onChange: (id: string | null) => void; errorMessage?: string | undefined }) {
  const { t } = useLingui()
  const people = useMembersById(ids)
  const name = value === null ? undefined : people.get(value)?.name
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? name ?? ''
  const wanted = shown === name ? '' : shown.trim().toLowerCase()
  const choices = ids.flatMap((id) => {
    const label = people.get(id)?.name
    return label !== undefined && label.toLowerCase().includes(wanted) ? [{ id, label }] : []
  })
  return (
    <ComboBox
      label={label}
      isLabelHidden
      empty={people.isComing ? t`Looking …` : t`Nobody matches “${wanted}”`}
      choices={choices}
      value={value}
      onChange={(id) => {
        onChange(id)
        setTyped(null)
      }}
      typed={shown}
      onType={setTyped}
      errorMessage={errorMessage}
    />
  )
}
