/** What can be done with one announcement. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, ListChecks, Pencil, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { WrittenAnnouncement } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { announcementKeys } from '../queries'

interface Props {
  announcement: WrittenAnnouncement
  onEdit: () => void
  onLook: () => void
}

export function AnnouncementMenu({ announcement, onEdit, onLook }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const { id, can, must_be_confirmed } = announcement
  const title = isolated(announcement.title)
  const withdraw = useMutation({
    mutationFn: () => call('post', '/v1/announcements/{announcement}/withdraw', { path: { announcement: id } }, { seen: etagOf(announcement) }),
    onSuccess: () => toast(t`Announcement withdrawn`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      setAsking(false)
      await markStale(queries, announcementKeys())
    },
  })
  if (!can.edit && !must_be_confirmed) return null
  return (
    <>
      <Menu label={t`Actions for ${title}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${title}`} />}>
        {must_be_confirmed && <MenuItem icon={ListChecks} onAction={onLook}>{t`Who has not confirmed`}</MenuItem>}
        {can.edit && <MenuItem icon={Pencil} onAction={onEdit}>{t`Change`}</MenuItem>}
        {can.edit && <MenuItem icon={Undo2} isDanger onAction={() => setAsking(true)}>{t({ message: 'Withdraw', context: 'an announcement' })}</MenuItem>}
      </Menu>
      <ConfirmDialog
        title={t`Withdraw ${title}?`}
        confirm={t({ message: 'Withdraw', context: 'an announcement' })}
        isOpen={isAsking}
        onOpenChange={setAsking}
        isPending={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
      >
        <Trans>Nobody finds it any more. Who has read it sees its title, and that it was withdrawn.</Trans>
      </ConfirmDialog>
    </>
  )
}
