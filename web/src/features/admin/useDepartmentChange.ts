/** Changes a department where it stands in the tree, and offers the way back. */
import { useQueryClient } from '@tanstack/react-query'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department, DepartmentChange } from '~/api/types'
import { toast } from '~/ui/toast'

/** `back` undoes `change`, unless somebody changed the department again in the meantime: then it says so. */
export function useDepartmentChange() {
  const queries = useQueryClient()
  const textOf = useProblemText()
  const send = async (seen: Department, change: DepartmentChange) => {
    try {
      return await call('patch', '/v1/departments/{department}', { path: { department: seen.id }, body: change }, { seen: etagOf(seen) })
    } catch (error) {
      toast(textOf(error), { tone: 'bad' })
      return null
    } finally {
      await markStale(queries, [keyOf('/v1/departments')])
    }
  }
  return async (department: Department, change: DepartmentChange, said: string, back: DepartmentChange) => {
    const left = await send(department, change)
    if (left) toast(said, { undo: () => void send(left, back) })
  }
}
