/** What the product can do, by name: pages and settings that are there for this person. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import {
  Activity, Bell, Blocks, Building2, CalendarDays, Cookie, Eraser, Files, FileSearch, Gavel, Handshake, Keyboard, KeyRound, LayoutDashboard, ListChecks, MailPlus, Megaphone, MessageCircleQuestionMark, MonitorSmartphone, Moon, Network, Palette, ScrollText, ShieldCheck, Sun, TextCursorInput, Upload, UserRound, Users, UsersRound, Workflow, type LucideIcon,
} from 'lucide-react'
import { askAdministrator } from '~/shell/asking'
import { useIsOn } from '~/shell/applications'
import { links, type AdminPage, type SettingsPage } from '~/shell/links'
import { useModules } from '~/shell/modules'
import { setTheme } from '~/shell/preferences'
import { useMay, useOpened } from '~/shell/session'
import { showShortcuts } from '~/shell/Shortcuts'

export interface Function {
  id: string
  label: string
  /** Where it belongs. */
  place: string
  icon: LucideIcon
  /** Other words it is looked for by: pinyin, its initials, English. */
  also: string
  href?: string
  act?: () => void
}

type Described = Omit<Function, 'label' | 'place'> & { label: MessageDescriptor; place: MessageDescriptor }

const MODULE_WORDS: Readonly<Record<string, string>> = {
  messages: 'messages chat xiaoxi xx duihua liaotian',
  people: 'directory people contacts tongxunlu txl lianxiren',
  admin: 'admin administration guanli gl',
}

const settings: readonly [SettingsPage, MessageDescriptor, LucideIcon, string][] = [
  ['profile', msg`Profile`, UserRound, 'profile avatar password gerenziliao touxiang mima xiugaimima'],
  ['notifications', msg`Notification settings`, Bell, 'notifications sound tongzhi tz shengyin'],
  ['appearance', msg`Look and language`, Palette, 'appearance language theme density dark waiguan yuyan zhuti'],
  ['devices', msg`Devices and sign-ins`, MonitorSmartphone, 'devices sessions shebei denglu dlsb'],
  ['data', msg`Data about me`, FileSearch, 'data about me stored privacy gerenxinxi guanyuwo yinsi'],
  ['privacy', msg`Privacy statement`, ShieldCheck, 'privacy statement yinsi yinsishengming'],
  ['cookies', msg`Cookies`, Cookie, 'cookies'],
]

const administration: readonly [AdminPage, MessageDescriptor, LucideIcon, string][] = [
  ['overview', msg`Overview`, LayoutDashboard, 'overview gailan gl'],
  ['people', msg`People`, Users, 'people members renyuan chengyuan'],
  ['invitations', msg`Invitations`, MailPlus, 'invitations yaoqing'],
  ['departments', msg`Departments`, Network, 'departments bumen zuzhijiagou'],
  ['people-groups', msg`Directory groups`, UsersRound, 'directory groups renyuanzu ryz'],
  ['fields', msg`Fields`, TextCursorInput, 'fields ziduan zd'],
  ['organisation', msg`Organisation`, Building2, 'organisation retention qiye baocunqixian'],
  ['roles', msg`Roles`, ShieldCheck, 'roles permissions juese quanxian'],
  ['decisions', msg`Decisions`, Gavel, 'decisions approval shenpi jueding'],
  ['applications', msg`Applications`, Blocks, 'applications modules switch yingyong yy kaiguan'],
  ['files', msg`Files`, Files, 'files quota wenjian rongliang'],
  ['announcements', msg`Announcements`, Megaphone, 'announcements notices gonggao gg'],
  ['workdays', msg`Working days`, CalendarDays, 'working days holidays gongzuori jiejiari tiaoxiu'],
  ['requests', msg`Privacy requests`, MessageCircleQuestionMark, 'privacy requests rights gerenxinxi quanli qingqiu'],
  ['peers', msg`Peer organisations`, Handshake, 'peer organisations partners huobanqiye hbqy'],
  ['tokens', msg`Service tokens`, KeyRound, 'service tokens provisioning lingpai tongbu'],
  ['audit', msg`Audit log`, ScrollText, 'audit log shenji rizhi'],
  ['data-map', msg`Data map`, Workflow, 'data map records of processing impact assessment shujuditu chulihuodong'],
  ['erasures', msg`Erasures`, Eraser, 'erasures certificate proof shanchu jilu pingzheng'],
  ['jobs', msg`Jobs`, ListChecks, 'jobs renwu'],
  ['health', msg`Health`, Activity, 'health jiankang yunxing zhuangtai'],
]

const SETTINGS = msg`Settings`
const ADMINISTRATION = msg`Administration`

/** All of them, in the order of the rail, then settings, then administration. */
export function useFunctions(slug: string): readonly Function[] {
  const { _ } = useLingui()
  const modules = useModules(slug)
  const isOpened = useOpened()
  const isOn = useIsOn()
  const may = useMay()
  const all: Described[] = [
    ...modules.map((module) => ({ id: module.id, label: module.label, place: msg`Module`, icon: module.icon, href: module.href, also: MODULE_WORDS[module.id] ?? '' })),
    { id: 'chart', label: msg`Organisation chart`, place: msg`Module`, icon: Network, href: links.chart(slug), also: 'organisation chart leaders zuzhijiegoutu zzjgt jiegoutu jgt zuzhijiagou jiagoutu' },
    { id: 'notifications', label: msg`Notifications`, place: msg`Module`, icon: Bell, href: links.notifications(slug), also: 'notifications inbox tongzhi tz' },
    ...(isOn('announcements') ? [{ id: 'announcements', label: msg`Announcements`, place: msg`Module`, icon: Megaphone, href: links.announcements(slug), also: 'announcements notices gonggao gg' }] : []),
    ...settings.map(([page, label, icon, also]) => ({ id: `settings-${page}`, label, place: SETTINGS, icon, href: links.settings(slug, page), also: `settings shezhi ${also}` })),
    { id: 'shortcuts', label: msg`Keyboard shortcuts`, place: SETTINGS, icon: Keyboard, act: () => showShortcuts(), also: 'keyboard shortcuts keys kuaijiejian kjj' },
    { id: 'ask', label: msg`Ask my administrator`, place: SETTINGS, icon: MessageCircleQuestionMark, act: () => askAdministrator(), also: 'ask help contact retention wenguanliyuan wgly bangzhu' },
    { id: 'light', label: msg`Light theme`, place: SETTINGS, icon: Sun, act: () => setTheme('light'), also: 'light theme qianse zhuti' },
    { id: 'dark', label: msg`Dark theme`, place: SETTINGS, icon: Moon, act: () => setTheme('dark'), also: 'dark theme shense zhuti yejian' },
    ...administration.filter(([page]) => isOpened(page)).map(([page, label, icon, also]) => ({ id: `admin-${page}`, label, place: ADMINISTRATION, icon, href: links.admin(slug, page), also: `admin guanli ${also}` })),
    ...(may('people.import') ? [{ id: 'import', label: msg`Import people`, place: ADMINISTRATION, icon: Upload, href: links.import(slug), also: 'import people excel csv daoru daorurenyuan' }] : []),
  ]
  return all.map((one) => ({ ...one, label: _(one.label), place: _(one.place) }))
}

/** Those whose name holds the words, and those that are looked for by another word that begins so; names first. */
export function named(all: readonly Function[], words: string): readonly Function[] {
  const wanted = words.trim().toLocaleLowerCase()
  if (wanted === '') return all
  const byName = all.filter((one) => one.label.toLocaleLowerCase().includes(wanted))
  const byWord = all.filter((one) => !byName.includes(one) && one.also.split(' ').some((word) => word.startsWith(wanted)))
  return [...byName, ...byWord]
}
