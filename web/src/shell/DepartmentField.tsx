/** Chooses a department by its name; what was chosen stays until another one is (DIR-04). */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Department } from '~/api/types'
import { ComboBox } from '~/ui/ComboBox'
import type { FieldText } from '~/ui/Field'
import { departmentName, departmentOf } from './members'
import { choiceOf, useDepartmentHits, type Fits } from './useDepartmentHits'

const NOWHERE = 'nowhere'

interface Props extends Omit<FieldText, 'aside'> {
  /** `null` is what `none` is called; `undefined` as long as nothing is chosen. */
  value: string | null | undefined
  onChange: (id: string | null) => void
  /** What choosing none is called, where that can be chosen. */
  none?: string | undefined
  fits?: Fits | undefined
}

export function DepartmentField({ value, onChange, none, fits, ...text }: Props) {
  const { t } = useLingui()
  // While somebody types, what they chose before waits.
  const [typed, setTyped] = useState<string | null>(null)
  const [last, setLast] = useState<Department>()
  const { all, hits, empty, more } = useDepartmentHits(typed ?? '', fits)
  const words = typed?.trim().toLocaleLowerCase() ?? ''
  const chosen = departmentOf(all, value) ?? (last?.id === value ? last : undefined)
  const gone = all.length > 0 ? t`A department that is not there any more` : '…'
  const at = value === null && none !== undefined ? NOWHERE : (value ?? null)
  const shown = at === null ? '' : at === NOWHERE ? (none ?? '') : chosen ? (departmentName(all, chosen.id) ?? chosen.name) : gone
  const isListed = hits.some((one) => one.id === value)
  const choices = [
    ...(none?.toLocaleLowerCase().includes(words) === true ? [{ id: NOWHERE, label: none }] : []),
    // A field whose choice is not listed forgets it when it is left.
    ...(chosen && !isListed && words === '' ? [choiceOf(all, chosen)] : []),
    ...hits.map((one) => choiceOf(all, one)),
  ]
  return (
    <ComboBox
      {...text}
      canOpen
      placeholder={t`Name of a department`}
      choices={choices}
      empty={empty}
      more={more}
      value={typed === null ? at : null}
      onChange={(id) => {
        setTyped(null)
        if (id === null) return
        const next = id === NOWHERE ? null : id
        setLast(hits.find((one) => one.id === next) ?? chosen)
        if (next !== value) onChange(next)
      }}
      typed={typed ?? shown}
      onType={(words) => setTyped(words === shown ? null : words)}
      onLeave={() => setTyped(null)}
    />
  )
}
