/** A member's name in a list of other things; until it is known its place is kept free. */
import type { ReactNode } from 'react'
import { isolated } from '~/lib/bidi'
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
  // No `bdi`: across its edge no gap is put between Latin and Chinese.
  if (name !== undefined) return isolated(name)
  return id && people.isComing ? <NameSkeleton /> : otherwise
}
