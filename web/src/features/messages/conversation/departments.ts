/** The name of a department, for the line above a message. */
import { useQuery } from '@tanstack/react-query'
import { departmentName } from '~/shell/members'
import { departments } from '../queries'

export function useDepartmentName(id: string | null): string | null {
  const found = useQuery({ ...departments(), staleTime: 600_000 })
  return (id === null ? undefined : departmentName(found.data?.items ?? [], id)) ?? null
}
