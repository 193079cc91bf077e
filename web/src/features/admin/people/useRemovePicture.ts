/** Takes somebody's picture away, where administrators may; it can be put back. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Member } from '~/api/types'
import { isWrittenByAdministrators, useFields } from '~/shell/fields'
import { pictureOf, pictureTag } from '~/shell/MemberAvatar'
import { toast } from '~/ui/toast'
import { peopleKeys } from '../queries'

/** Nothing where there is no picture, or where it is not theirs to change. */
export function useRemovePicture(member: Member): (() => void) | null {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const isTheirs = useFields().some((field) => field.built_in === 'avatar' && isWrittenByAdministrators(field))
  const path = { member: member.id }
  const stale = () => markStale(queries, peopleKeys())
  const onError = async (error: unknown) => {
    toast(textOf(error), { tone: 'bad' })
    await stale()
  }
  const put = useMutation({
    mutationFn: (picture: Blob) => call('put', '/v1/members/{member}/avatar', { path, body: picture }, { seen: pictureTag({ avatar: null }) }),
    onSuccess: stale,
    onError,
  })
  const remove = useMutation({
    mutationFn: async () => {
      const picture = await pictureOf(member)
      await call('delete', '/v1/members/{member}/avatar', { path }, { seen: pictureTag(member) })
      return picture
    },
    onSuccess: async (picture) => {
      await stale()
      toast(t`Picture removed`, picture ? { undo: () => put.mutate(picture) } : {})
    },
    onError,
  })
  return isTheirs && member.can.edit && typeof member.avatar === 'number' ? () => remove.mutate() : null
}
