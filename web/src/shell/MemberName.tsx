/** A member's name in a list of other things; until it is known its place is kept free. */
import type { ReactNode } from 'react'
import { NameSkeleton } from '~/ui/Skeleton'
import type { MembersById } from './members'

interface Props {
  id: string | null | undefined
  people: MembersById
  /** For somebody who is not to be found any more. */
  otherwise: ReactNode
}

export function MemberName({ id, people, otherwise }: Props): ReactNode {
  const name = people.get(id ?? '')?.name
  if (name !== undefined) return <bdi>{name}</bdi>
  return id && people.isComing ? <NameSkeleton /> : otherwise
}
