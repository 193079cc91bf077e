/** The chooser for contacts that some browsers have (Contact Picker API): it gives only what one picks there. */
import type { PickedContact } from '~/api/types'

interface Picked {
  name?: string[]
  tel?: string[]
  email?: string[]
}

interface Chooser {
  select(properties: string[], options: { multiple: boolean }): Promise<Picked[]>
}

const isChooser = (value: unknown): value is Chooser => typeof value === 'object' && value !== null && 'select' in value && typeof value.select === 'function'

function chooser(): Chooser | null {
  const found: unknown = 'contacts' in navigator ? navigator.contacts : null
  return isChooser(found) ? found : null
}

export const hasDeviceBook = () => chooser() !== null

/** Opens the chooser; what somebody did not pick never gets here. */
export async function pickContacts(): Promise<PickedContact[]> {
  const picked = (await chooser()?.select(['name', 'tel', 'email'], { multiple: true })) ?? []
  return picked.map((one) => ({ name: one.name?.[0] ?? null, numbers: one.tel ?? [], addresses: one.email ?? [] }))
}
