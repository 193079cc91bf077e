/** Kinds of fields and who sees them, in words. */
import { useLingui } from '@lingui/react/macro'
import type { FieldAudience, FieldKind } from '~/api/types'

export function useKindNames(): Record<FieldKind, string> {
  const { t } = useLingui()
  return {
    text: t`Text`,
    number: t`Number`,
    date: t`Date`,
    choice: t`Choice`,
    person: t({ message: 'Person', context: 'kind of a field' }),
    phone: t`Phone`,
    link: t`Link`,
    picture: t`Picture`,
  }
}

export const AUDIENCES: readonly FieldAudience[] = ['everyone', 'department', 'leaders', 'administrators', 'oneself']

export function useAudienceNames(): Record<FieldAudience, string> {
  const { t } = useLingui()
  return {
    everyone: t`Everyone`,
    department: t`People of the same department`,
    leaders: t`Leaders of the person`,
    administrators: t`Administrators of the person`,
    oneself: t`The person`,
  }
}

/** Several of them in one sentence: only its beginning is written as one. */
export function useAudienceList(): (of: readonly FieldAudience[]) => string {
  const { t, i18n } = useLingui()
  const names = useAudienceNames()
  const later: Record<FieldAudience, string> = {
    everyone: t`everyone`,
    department: t`people of the same department`,
    leaders: t`leaders of the person`,
    administrators: t`administrators of the person`,
    oneself: t`the person themselves`,
  }
  return (of) => new Intl.ListFormat(i18n.locale).format(of.map((one, place) => (place === 0 ? names[one] : later[one])))
}
