/** Reads a group whole before it is changed: the list does not say what makes it. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { QueryState } from '~/shell/QueryState'
import { Dialog } from '~/ui/Dialog'
import { peopleGroup } from '../queries'
import { PeopleGroupDialog } from './PeopleGroupDialog'

export function OpenGroup({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const found = useQuery(peopleGroup(id))
  if (found.data !== undefined) return <PeopleGroupDialog group={found.data} onClose={onClose} />
  return (
    <Dialog title={t`Change a directory group`} size={720} isOpen onOpenChange={onClose}>
      <QueryState of={found}>{() => null}</QueryState>
    </Dialog>
  )
}
