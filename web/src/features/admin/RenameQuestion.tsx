/** Another name of the organisation ends what whoever runs the server has seen, or sends back what they are to decide on: one is asked before (ORG-05). */
import { Trans, useLingui } from '@lingui/react/macro'
import type { VerificationState } from '~/api/types'
import { ConfirmDialog } from '~/ui/ConfirmDialog'

interface Props {
  standing: VerificationState
  isPending: boolean
  onClose: () => void
  onConfirm: () => void
}

export const endsByRename = (standing: VerificationState | undefined) => standing === 'verified' || standing === 'asked'

export function RenameQuestion({ standing, isPending, onClose, onConfirm }: Props) {
  const { t } = useLingui()
  return (
    <ConfirmDialog title={t`Give the organisation another name?`} confirm={t`Change the name`} isPending={isPending} isOpen onOpenChange={onClose} onConfirm={onConfirm}>
      {standing === 'verified' ? (
        <Trans>It is verified under the name it has now, and no longer will be. Peer organisations rest until it is verified again.</Trans>
      ) : (
        <Trans>It asks to be verified under the name it has now. The request is sent back, and somebody has to ask again.</Trans>
      )}
    </ConfirmDialog>
  )
}
