/** Changes a department where it stands in the tree, and offers the way back. */
import { useQueryClient } from '@tanstack/react-query'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department, DepartmentChange } from '~/api/types'
import { toast } from '~/ui/toast'

function useSend() {
  const queries = useQueryClient()
  const textOf = useProblemText()
  return async (seen: Department, change: DepartmentChange) => {
    try {
      return await call('patch', '/v1/departments/{department}', { path: { department: seen.id }, body: change }, { seen: etagOf(seen) })
    } catch (error) {
      toast(textOf(error), { tone: 'bad' })
      return null
    } finally {
      await markStale(queries, [keyOf('/v1/departments')])
    }
  }
}

/** Says what became of a department. `back` undoes it, unless somebody changed it again in the meantime: then that is said. */
export function useWayBack() {
  const send = useSend()
  return (left: Department, said: string, back: DepartmentChange) => toast(said, { undo: () => void send(left, back) })
}

export function useDepartmentChange() {
  const send = useSend()
  const offer = useWayBack()
  return async (department: Department, change: DepartmentChange, said: string, back: DepartmentChange) => {
    const left = await send(department, change)
    if (left) offer(left, said, back)
  }
}
