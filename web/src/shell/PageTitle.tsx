/** The name of the page in the window's title, with what waits in front. */
import { useBadges } from './badges'
import { useBrand } from './brand'
import { useOrganisationName } from './session'

export function PageTitle({ children }: { children: string }) {
  const waiting = useBadges((badges) => badges.messages)
  const name = useOrganisationName()
  const place = useBrand()?.name ?? (name || 'Tulou')
  const count = waiting > 0 ? `(${waiting > 99 ? '99+' : waiting}) ` : ''
  return <title>{`${count}${children} · ${place}`}</title>
}

/** For pages outside an organisation. */
export function PublicTitle({ children }: { children: string }) {
  return <title>{`${children} · Tulou`}</title>
}
