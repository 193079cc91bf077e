/** Puts the open conversation on paper, and says so while its pictures are on their way. */
import { useLingui } from '@lingui/react/macro'
import { toast } from '~/ui/toast'
import { printReady } from './ready'

export function usePrint(): () => Promise<void> {
  const { t } = useLingui()
  return () => printReady(() => toast(t`Preparing the pictures…`))
}
