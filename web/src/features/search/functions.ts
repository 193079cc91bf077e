/** What the product can do, by name: pages and settings that are there for this person. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import {
  Activity, Bell, Blocks, BookUser, Building2, CalendarDays, Cookie, Eraser, Files, FileSearch, Gavel, HandHelping, Handshake, Hourglass, Keyboard, KeyRound, LayoutDashboard, ListChecks, LogOut, MailPlus, Megaphone, MessageCircleQuestionMark, MonitorSmartphone, Moon, Network, Palette, ScrollText, ShieldCheck, Sun, TextCursorInput, Upload, UserRound, Users, UsersRound, Workflow, type LucideIcon,
} from 'lucide-react'
import { askAdministrator } from '~/shell/asking'
import { useIsOn } from '~/shell/applications'
import { links, type AdminPage, type SettingsPage } from '~/shell/links'
import { useModules } from '~/shell/modules'
import { setTheme } from '~/shell/preferences'
import { useMayImport, useOpened, useSignOut } from '~/shell/session'
import { showShortcuts } from '~/shell/Shortcuts'
import { isCalled } from './synonyms'

export interface Function {
  id: string
  label: string
  /** Where it belongs. */
  place: string
  icon: LucideIcon
  href?: string
  act?: () => void
}

type Described = Omit<Function, 'label' | 'place'> & { label: MessageDescriptor; place: MessageDescriptor }

const settings: readonly [SettingsPage, MessageDescriptor, LucideIcon][] = [
  ['profile', msg`Profile`, UserRound],
  ['notifications', msg`Notification settings`, Bell],
  ['appearance', msg`Look and language`, Palette],
  ['devices', msg`Devices and sign-ins`, MonitorSmartphone],
  ['address-books', msg`Address books`, BookUser],
  ['data', msg`Data about me`, FileSearch],
  ['privacy', msg`Privacy statement`, ShieldCheck],
  ['cookies', msg`Cookies`, Cookie],
]

const administration: readonly [AdminPage, MessageDescriptor, LucideIcon][] = [
  ['overview', msg`Overview`, LayoutDashboard],
  ['people', msg`People`, Users],
  ['leavers', msg`Hand-over`, HandHelping],
  ['invitations', msg`Invitations`, MailPlus],
  ['departments', msg`Departments`, Network],
  ['people-groups', msg`Directory groups`, UsersRound],
  ['fields', msg`Fields`, TextCursorInput],
  ['organisation', msg`Organisation`, Building2],
  ['roles', msg`Roles`, ShieldCheck],
  ['decisions', msg`Decisions`, Gavel],
  ['applications', msg`Applications`, Blocks],
  ['files', msg`Files`, Files],
  ['announcements', msg`Announcements`, Megaphone],
  ['workdays', msg`Working days`, CalendarDays],
  ['retention', msg`Retention`, Hourglass],
  ['requests', msg`Privacy requests`, MessageCircleQuestionMark],
  ['peers', msg`Peer organisations`, Handshake],
  ['tokens', msg`Service tokens`, KeyRound],
  ['audit', msg`Audit log`, ScrollText],
  ['data-map', msg`Data map`, Workflow],
  ['erasures', msg`Erasures`, Eraser],
  ['jobs', msg`Jobs`, ListChecks],
  ['health', msg`Health`, Activity],
]

const SETTINGS = msg`Settings`
const ADMINISTRATION = msg`Administration`

/** All of them, in the order of the rail, then settings, then administration. */
export function useFunctions(slug: string): readonly Function[] {
  const { _ } = useLingui()
  const modules = useModules(slug)
  const isOpened = useOpened()
  const isOn = useIsOn()
  const mayImport = useMayImport()
  const { mutate: signOut } = useSignOut()
  const all: Described[] = [
    ...modules.map((module) => ({ id: module.id, label: module.label, place: msg`Module`, icon: module.icon, href: module.href })),
    { id: 'chart', label: msg`Organisation chart`, place: msg`Module`, icon: Network, href: links.chart(slug) },
    ...(isOn('contacts') || isOn('contact_codes') ? [{ id: 'contacts', label: msg`Contacts`, place: msg`Directory`, icon: BookUser, href: links.contacts(slug) }] : []),
    { id: 'notifications', label: msg`Notifications`, place: msg`Module`, icon: Bell, href: links.notifications(slug) },
    ...(isOn('announcements') ? [{ id: 'announcements', label: msg`Announcements`, place: msg`Module`, icon: Megaphone, href: links.announcements(slug) }] : []),
    ...settings.filter(([page]) => page !== 'address-books' || isOn('address_books')).map(([page, label, icon]) => ({ id: `settings-${page}`, label, place: SETTINGS, icon, href: links.settings(slug, page) })),
    { id: 'shortcuts', label: msg`Keyboard shortcuts`, place: SETTINGS, icon: Keyboard, act: () => showShortcuts() },
    { id: 'ask', label: msg`Ask my administrator`, place: SETTINGS, icon: MessageCircleQuestionMark, act: () => askAdministrator() },
    { id: 'light', label: msg`Light theme`, place: SETTINGS, icon: Sun, act: () => setTheme('light') },
    { id: 'dark', label: msg`Dark theme`, place: SETTINGS, icon: Moon, act: () => setTheme('dark') },
    { id: 'sign-out', label: msg`Sign out`, place: SETTINGS, icon: LogOut, act: () => signOut() },
    ...administration.filter(([page]) => isOpened(page)).map(([page, label, icon]) => ({ id: `admin-${page}`, label, place: ADMINISTRATION, icon, href: links.admin(slug, page) })),
    ...(mayImport ? [{ id: 'import', label: msg`Import people`, place: ADMINISTRATION, icon: Upload, href: links.import(slug) }] : []),
  ]
  return all.map((one) => ({ ...one, label: _(one.label), place: _(one.place) }))
}

/** Those whose name holds the words, and those that people call so elsewhere; names first. */
export function named(all: readonly Function[], words: string): readonly Function[] {
  const wanted = words.trim().toLocaleLowerCase()
  if (wanted === '') return all
  const byName = all.filter((one) => one.label.toLocaleLowerCase().includes(wanted))
  const byWord = all.filter((one) => !byName.includes(one) && isCalled(one.id, wanted))
  return [...byName, ...byWord]
}
