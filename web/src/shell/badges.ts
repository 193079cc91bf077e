/** What waits in each module, as the module itself counts it: shown on the rail, the tab bar and in the title. */
import { create } from 'zustand'

interface Badges {
  messages: number
  notifications: number
}

export const useBadges = create<Badges>(() => ({ messages: 0, notifications: 0 }))

export const setBadge = (module: keyof Badges, count: number) => useBadges.setState({ [module]: count })
