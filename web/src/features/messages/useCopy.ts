/** Puts a text into the clipboard and says so, or that the browser did not let it. */
import { useLingui } from '@lingui/react/macro'
import { toast } from '~/ui/toast'

export function useCopy() {
  const { t } = useLingui()
  return async (what: string, done: string) => {
    try {
      await navigator.clipboard.writeText(what)
      toast(done)
    } catch {
      toast(t`This browser did not allow copying.`, { tone: 'bad' })
    }
  }
}
