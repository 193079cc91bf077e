/** Shows what was read, as everywhere. Once the sign-in is over the console's own takes its place: nobody is led to that of the members. */
import type { ComponentProps } from 'react'
import { hasStatus } from '~/api/error'
import { QueryState } from '~/shell/QueryState'
import { Skeleton } from '~/ui/Skeleton'

export function ConsoleState<T>(props: ComponentProps<typeof QueryState<T>>) {
  return hasStatus(props.of.error, 401) ? (props.skeleton ?? <Skeleton />) : <QueryState {...props} />
}
