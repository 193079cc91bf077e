/** Why something was refused, for whoever reads the log: what the API says is meant for whoever was refused. */
import { useLingui } from '@lingui/react/macro'

/** What has no words here keeps its code. */
export function useRefusals(): (code: string) => string {
  const { t } = useLingui()
  const words: Partial<Record<string, string>> = {
    forbidden: t`No permission`,
    'directory.own_place_forbidden': t`Nobody gives themselves more to see of colleagues`,
    'directory.sight_exceeded': t`Nobody has those see more whose passwords they make`,
    rate_limited: t`Too many tries`,
    'identity.wrong_credentials': t`Wrong password`,
    'identity.suspended': t`The person is suspended`,
    'identity.disabled': t`The person is disabled`,
    'identity.leaving': t`The person has left`,
    'hosting.organisation_suspended': t`The organisation is suspended`,
    'hosting.organisation_dissolving': t`Organisation is being dissolved`,
  }
  return (code) => words[code] ?? code
}
