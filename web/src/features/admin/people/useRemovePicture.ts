/** Takes somebody's picture away, where administrators may; it can be put back. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Member } from '~/api/types'
import { useFields } from '~/shell/fields'
import { avatarAddress } from '~/shell/MemberAvatar'
import { toast } from '~/ui/toast'
import { peopleKeys } from '../queries'

/** Nothing where there is no picture, or where it is not theirs to change. */
export function useRemovePicture(member: Member): (() => void) | null {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const isTheirs = useFields().some((field) => field.built_in === 'avatar' && field.is_collected && field.edited_by.includes('administrators'))
  const address = avatarAddress(member)
  const path = { member: member.id }
  const onError = (error: unknown) => toast(textOf(error), { tone: 'bad' })
  const put = useMutation({
    mutationFn: (picture: Blob) => call('put', '/v1/members/{member}/avatar', { path, body: picture }),
    onSuccess: () => markStale(queries, peopleKeys()),
    onError,
  })
  const remove = useMutation({
    mutationFn: async () => {
      const before = address === null ? null : await fetch(address)
      const picture = before?.ok === true ? await before.blob() : null
      await call('delete', '/v1/members/{member}/avatar', { path })
      return picture
    },
    onSuccess: async (picture) => {
      await markStale(queries, peopleKeys())
      toast(t`Picture removed`, picture ? { undo: () => put.mutate(picture) } : {})
    },
    onError,
  })
  return isTheirs && member.can.edit && address !== null ? () => remove.mutate() : null
}
