/** Finds a person by name. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { pages, rowsOf } from '~/api/client'
import type { Member } from '~/api/types'
import { listOf } from '~/lib/lists'
import { departmentPath, departments } from './members'
import { ComboBox } from '~/ui/ComboBox'

/** People who work here, by what was typed. */
const active = (wanted: string, department: string | undefined) => pages('/v1/members', { query: { query: wanted === '' ? undefined : wanted, department, state: 'active', limit: 50 } }, 'after')

interface Props {
  label: string
  isLabelHidden?: boolean
  value: Member | null
  onChange: (member: Member | null) => void
  errorMessage?: string | undefined
  /** Only those in it or below it. */
  department?: string | undefined
  /** Whether it is what one begins with. */
  hasFocus?: boolean
}

export function PersonField({ label, isLabelHidden, value, onChange, errorMessage, department, hasFocus = false }: Props) {
  const { t, i18n } = useLingui()
  const [typed, setTyped] = useState(value?.name ?? '')
  const wanted = useDeferredValue(typed.trim())
  const all = useQuery(departments()).data?.items ?? []
  const found = useInfiniteQuery(active(wanted === value?.name ? '' : wanted, department))
  const rows = rowsOf<'/v1/members'>(found.data).slice(0, 20)
  // Whoever is chosen stays among the choices: a field whose choice is not listed forgets it when it is left.
  const listed = value === null || rows.some((member) => member.id === value.id) ? rows : [value, ...rows]
  const placeOf = (member: Member) => listOf(i18n.locale, member.department_ids.map((id) => departmentPath(all, id).join(' / ')))
  return (
    <ComboBox
      label={label}
      isLabelHidden={isLabelHidden}
      placeholder={t`Name, pinyin, staff number`}
      empty={found.isPending ? t`Looking …` : t`Nobody matches “${wanted}”`}
      choices={listed.map((member) => ({ id: member.id, label: member.name, detail: placeOf(member) }))}
      value={value?.id ?? null}
      onChange={(id) => {
        const chosen = listed.find((member) => member.id === id) ?? null
        onChange(chosen)
        setTyped(chosen?.name ?? '')
      }}
      typed={typed}
      onType={(text) => {
        setTyped(text)
        if (value !== null && text !== value.name) onChange(null)
      }}
      errorMessage={errorMessage}
      autoFocus={hasFocus}
    />
  )
}
