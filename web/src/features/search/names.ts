/** How kinds, scopes and days of a search are called. */
import { useLingui } from '@lingui/react/macro'
import type { Kind, Scope } from '~/shell/finding'
import { day } from '~/lib/dates'

export function useKindNames(): Readonly<Record<Kind, string>> {
  const { t } = useLingui()
  return { text: t`Text`, picture: t`Picture`, file: t`File` }
}

export function useScopeNames(): Readonly<Record<Scope, string>> {
  const { t } = useLingui()
  return { all: t`All`, messages: t`Messages`, files: t`Files`, conversations: t`Conversations`, people: t`People` }
}

/** A calendar day in words, in this device's zone. */
export function useDayName() {
  const { i18n } = useLingui()
  return (text: string) => {
    const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
    return day(new Date(year, month - 1, date).toISOString(), i18n.locale)
  }
}
