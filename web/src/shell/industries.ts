/** Kinds of organisations, for the first run and the organisation's page. */
import { useLingui } from '@lingui/react/macro'

export function useIndustries() {
  const { t } = useLingui()
  return [
    { id: 'manufacturing', label: t`Manufacturing` },
    { id: 'logistics', label: t`Logistics` },
    { id: 'retail', label: t`Retail` },
    { id: 'technology', label: t`Technology` },
    { id: 'finance', label: t`Finance` },
    { id: 'healthcare', label: t`Healthcare` },
    { id: 'education', label: t`Education` },
    { id: 'construction', label: t`Construction` },
    { id: 'media', label: t`Media` },
    { id: 'public', label: t`Public sector` },
    { id: 'other', label: t`Something else` },
  ]
}
