/** Why an act that was approved could not be done after all, in words for whoever asked. */
import { useLingui } from '@lingui/react/macro'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'

export function useActReason(): (code: string) => string {
  const { t } = useLingui()
  const textOf = useProblemText()
  const reasons: Record<string, string> = {
    forbidden: t`Whoever asked may not do it any more.`,
    not_found: t`What it was about is not there any more.`,
  }
  return (code) => reasons[code] ?? textOf(new ApiError({ status: 409, code }))
}
