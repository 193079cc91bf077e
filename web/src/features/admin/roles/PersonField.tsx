/** Finds a person by name. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { rowsOf } from '~/api/client'
import type { Member } from '~/api/types'
import { departmentPath, departments } from '~/shell/members'
import { ComboBox } from '~/ui/ComboBox'
import { people } from '../queries'

interface Props {
  label: string
  value: Member | null
  onChange: (member: Member | null) => void
  errorMessage?: string | undefined
  /** Whether it is what one begins with. */
  hasFocus?: boolean
}

export function PersonField({ label, value, onChange, errorMessage, hasFocus = true }: Props) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(value?.name ?? '')
  const wanted = useDeferredValue(typed.trim())
  const all = useQuery(departments()).data?.items ?? []
  const found = useInfiniteQuery(people({ query: wanted === '' || wanted === value?.name ? undefined : wanted, state: 'active' }))
  const rows = rowsOf<'/v1/members'>(found.data).slice(0, 20)
  // Whoever is chosen stays among the choices: a field whose choice is not listed forgets it when it is left.
  const listed = value === null || rows.some((member) => member.id === value.id) ? rows : [value, ...rows]
  const placeOf = (member: Member) => member.department_ids.map((id) => departmentPath(all, id).join(' / ')).join(', ')
  return (
    <ComboBox
      label={label}
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
