/** The picture of a member of the open organisation. */
import { currentOrganisation, etagOf } from '~/api/client'
import type { Member } from '~/api/types'
import { Avatar, type PresenceState } from '~/ui/Avatar'

type Shown = Pick<Member, 'id' | 'name' | 'colour' | 'avatar'>

/** An address that changes with the picture, so it may be kept for good. */
export function avatarAddress(member: Pick<Member, 'id' | 'avatar'>): string | null {
  const organisation = currentOrganisation()
  if (organisation === null || typeof member.avatar !== 'number') return null
  return `/v1/members/${member.id}/avatar?v=${member.avatar}&organisation=${encodeURIComponent(organisation)}`
}

/** What `seen` is for a change of the picture, also of none. */
export const pictureTag = (member: Pick<Member, 'avatar'>) => etagOf({ revision: member.avatar ?? 0 })

/** The picture as it is now, so that removing it can be undone. */
export async function pictureOf(member: Pick<Member, 'id' | 'avatar'>): Promise<Blob | null> {
  const address = avatarAddress(member)
  const answer = address === null ? null : await fetch(address)
  return answer?.ok === true ? answer.blob() : null
}

export function MemberAvatar({ member, size, presence }: { member: Shown; size?: number; presence?: PresenceState }) {
  return <Avatar name={member.name} colour={member.colour} src={avatarAddress(member)} size={size} presence={presence} />
}
