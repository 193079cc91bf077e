/** The departments somebody can choose from by what they type: the server is asked, which knows them by their sound and in other
 *  writing too, and no more are drawn than are looked at (DIR-04). */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useProblemText } from '~/api/problems'
import type { Department } from '~/api/types'
import type { Choice } from '~/ui/Select'
import { departmentOf, departments, departmentsAbove, departmentsAtTop, departmentsCalled, departmentTops } from './members'

/** So many are offered at once. */
const MOST = 50
/** So much of what was typed is asked for. */
const LONGEST = 100
const NONE: readonly Department[] = []

export type Fits = (one: Department) => boolean

interface Hits {
  /** All that are known here, for their names and what is above them; none while they are on their way. */
  all: readonly Department[]
  hits: readonly Department[]
  /** What stands where nothing is offered. */
  empty: string
  /** What is said below those that are offered. */
  more: string | undefined
}

/** Before anything is typed those at the top; where none of them fits, the topmost that do. */
export function useDepartmentHits(typed: string, fits: Fits = () => true): Hits {
  const { t } = useLingui()
  const textOf = useProblemText()
  const wanted = useDeferredValue(typed.trim().slice(0, LONGEST))
  const isAsked = wanted !== ''
  const all = useQuery(departments()).data?.items ?? NONE
  const top = useQuery({ ...departmentsAtTop(), enabled: !isAsked })
  const called = useQuery({ ...departmentsCalled(wanted), enabled: isAsked, placeholderData: keepPreviousData })
  const asked = isAsked ? called : top
  const canBeChosen = (one: Department) => !one.is_archived && fits(one)
  const found = (asked.data?.items ?? NONE).filter(canBeChosen)
  const fitting = isAsked ? nearest(found, wanted) : found.length > 0 ? found : departmentTops(all, canBeChosen)
  const hiddenPlaces = Math.max(0, fitting.length - MOST)
  const isMore = !isAsked && (all.length > fitting.length || (top.data?.next ?? null) !== null)
  return {
    all,
    hits: fitting.slice(0, MOST),
    empty: asked.error ? textOf(asked.error) : asked.isPending ? t`Looking …` : t`No department is called so.`,
    more:
      hiddenPlaces > 0
        ? plural(hiddenPlaces, { one: '# more department: type to find it', other: '# more departments: type to find them' })
        : isMore
          ? t`Type a name to find the other departments.`
          : undefined,
  }
}

/** What is called just so stands first, then what begins so. */
function nearest(found: readonly Department[], wanted: string): Department[] {
  const words = wanted.toLocaleLowerCase()
  const distance = ({ name }: Department) => (name.toLocaleLowerCase() === words ? 0 : name.toLocaleLowerCase().startsWith(words) ? 1 : 2)
  return [...found].sort((a, b) => distance(a) - distance(b))
}

/** One of them as it is offered: its name, and below it where it is. */
export function choiceOf(all: readonly Department[], one: Department): Choice {
  const above = departmentOf(all, one.id) === undefined ? '' : departmentsAbove(all, one.id)
  return above === '' ? { id: one.id, label: one.name } : { id: one.id, label: one.name, detail: above }
}
