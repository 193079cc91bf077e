/** Shows what was read, or why it is not there yet: skeleton, error with a way to repeat, kept content while it refreshes. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Skeleton } from '~/ui/Skeleton'
import { ErrorPart } from './ErrorPage'

interface Props<T> {
  of: Pick<UseQueryResult<T>, 'data' | 'error'> & { refetch: () => unknown }
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

export function QueryState<T>({ of, skeleton = <Skeleton />, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <ErrorPart error={of.error} reset={() => void of.refetch()} />
  return skeleton
}
