/** The name of a department, for the line above a message. */
import { useQuery } from '@tanstack/react-query'
import { departments } from '../queries'

export function useDepartmentName(id: string | null): string | null {
  const found = useQuery({ ...departments(), staleTime: 600_000 })
  return found.data?.items.find((department) => department.id === id)?.name ?? null
}
