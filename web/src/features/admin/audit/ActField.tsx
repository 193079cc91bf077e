/** Chooses an act of the audit log by some of its words, or by the group it belongs to. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { ComboBox } from '~/ui/ComboBox'
import { useActNames } from '../actNames'
import { useActGroups } from './actGroups'

const ALL = 'all'

interface Props {
  /** The event or the operation; `undefined` is every one. */
  value: string | undefined
  onChange: (name: string | null) => void
}

export function ActField({ value, onChange }: Props) {
  const { t, i18n } = useLingui()
  const { names, nameOf } = useActNames()
  const grouped = useActGroups()
  // While somebody types, what they chose before waits.
  const [typed, setTyped] = useState<string | null>(null)
  const everything = t`Everything`
  const told = new Map(names.map((id) => [id, nameOf(id)]))
  const done = new Set(names.filter((id) => id.includes('.')).map((id) => told.get(id)))
  const labelOf = (id: string) => {
    const name = told.get(id) ?? nameOf(id)
    return !id.includes('.') && done.has(name) ? t`${name} (refused)` : name
  }
  const shown = value === undefined ? everything : labelOf(value)
  const words = (typed ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const fits = (...texts: string[]) => {
    const text = texts.join(' ').toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  }
  const known = value !== undefined && !names.includes(value) ? [value, ...names] : names
  // What was refused is asked for by the operation, what was done by the event: an event has a dot in its name.
  const choicesOf = (group: string, acts: readonly string[]) =>
    acts.map((id) => ({ id, label: labelOf(id) })).filter(({ id, label }) => fits(group, label, id)).sort((a, b) => a.label.localeCompare(b.label, i18n.locale))
  const groups = grouped(known).map(({ id, label, acts }) => ({ id: `group ${id}`, label, choices: choicesOf(label, acts) })).filter((group) => group.choices.length > 0)
  return (
    <ComboBox
      label={t`What`}
      canOpen
      choices={[...(fits(everything) ? [{ id: ALL, label: everything }] : []), ...groups]}
      empty={t`Nothing matches`}
      value={typed === null ? (value ?? ALL) : null}
      onChange={(id) => {
        setTyped(null)
        if (id !== null && id !== (value ?? ALL)) onChange(id === ALL ? null : id)
      }}
      typed={typed ?? shown}
      onType={(text) => setTyped(text === shown ? null : text)}
      onLeave={() => setTyped(null)}
    />
  )
}
