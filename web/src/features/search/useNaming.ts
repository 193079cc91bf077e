/** What a filter that is being written can name: people, conversations, days, kinds. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useConversations } from '~/shell/preview'
import type { Group, Item } from './items'
import { useDayName, useKindNames } from './names'
import { namedConversations, namedPeople } from './queries'
import { meaningsOf, type Operator, type Token } from './query/operators'

export function useNaming(naming: Token | null, now: Date): Group[] {
  const { t } = useLingui()
  const value = naming?.value ?? ''
  const people = useQuery({ ...namedPeople(value, 8), enabled: naming?.operator === 'from' })
  const found = useQuery({ ...namedConversations(value, 8), enabled: naming?.operator === 'in' && value !== '' })
  const { named: held } = useConversations()
  const kinds = useKindNames()
  const dayName = useDayName()
  const titles: Readonly<Record<Operator, string>> = { from: t`Sent by`, in: t`In the conversation`, after: t({ message: 'Since', context: 'before a day' }), before: t`Before`, on: t`On the day`, kind: t({ message: 'Kind', context: 'of what is looked for' }) }
  if (naming === null) return []
  const { operator } = naming
  const group = (items: readonly Item[]): Group[] => (items.length === 0 ? [] : [{ id: operator, title: titles[operator], items, isLocal: true }])
  if (operator === 'from') return group((people.data?.items ?? []).map((member) => ({ t: 'from', key: `from ${member.id}`, member })))
  if (operator === 'in') {
    const ids = [...new Set([...held(value), ...(value === '' ? [] : (found.data?.hits ?? []).map((one) => one.id))])]
    return group(ids.map((id) => ({ t: 'in', key: `in ${id}`, id })))
  }
  return group(
    meaningsOf(naming, now).map((filters) => {
      const day = filters.after ?? filters.before ?? ''
      const label = filters.kind === undefined ? dayName(day) : kinds[filters.kind]
      return { t: 'narrow', key: `narrow ${operator} ${filters.kind ?? day}`, filters, label }
    }),
  )
}
