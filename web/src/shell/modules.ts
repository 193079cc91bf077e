/** The modules that are there, in the order of the rail. Nothing is drawn for one that is not. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Contact, MessageCircle, Settings2, type LucideIcon } from 'lucide-react'
import { useBadges } from './badges'
import { links } from './links'
import { useAdministration, useCapabilities } from './session'

export interface ShellModule {
  id: string
  label: MessageDescriptor
  icon: LucideIcon
  href: string
  /** The beginning of every address of the module. */
  path: string
  badge: number
  isLast?: boolean
}

export function useModules(slug: string): ShellModule[] {
  const messages = useBadges((badges) => badges.messages)
  const enabled = useCapabilities()?.modules
  const administration = useAdministration()
  const all: ShellModule[] = []
  if (enabled === undefined || enabled.includes('chat')) {
    all.push({ id: 'messages', label: msg`Messages`, icon: MessageCircle, href: links.messages(slug), path: `/o/${slug}/messages`, badge: messages })
  }
  all.push({ id: 'people', label: msg`Directory`, icon: Contact, href: links.people(slug), path: `/o/${slug}/people`, badge: 0 })
  if (administration !== null) {
    all.push({ id: 'admin', label: msg`Admin`, icon: Settings2, href: links.admin(slug, administration), path: `/o/${slug}/admin`, badge: 0, isLast: true })
  }
  return all
}
