/** The nouns of the directory and of the inbox. */
import type { Id, Language, MemberState, Page, Role, Time } from './types'

export interface Organisation {
  id: Id
  slug: string
  name: string
  name_zh?: string | null
  name_en?: string | null
  region: string
  industry: string
  time_zone: string
  chat_retention_days: number
  edit_window_s: number
  recall_window_s: number
  shows_presence: boolean
  contact?: { name: string; phone?: string | null; email?: string | null } | null
  can: { edit: boolean }
}

export interface OrganisationChange {
  name_zh?: string | null
  name_en?: string | null
  region?: string
  industry?: string
  time_zone?: string
  shows_presence?: boolean
  contact?: { name: string; phone?: string | null; email?: string | null }
}

export interface Member {
  id: Id
  name: string
  user_id?: string | null
  phone?: string | null
  email?: string | null
  staff_number?: string | null
  position?: string | null
  signature?: string | null
  role: Role
  state: MemberState
  department_ids: Id[]
  leads: Id[]
  /** The version of the picture; no picture without it. */
  avatar?: number | null
  colour: number
  is_me: boolean
  can: { edit: boolean; suspend: boolean; resume: boolean; reset_password: boolean; change_role: boolean }
}

export interface MemberChange {
  name?: string
  staff_number?: string | null
  position?: string | null
  role?: Role
  department_ids?: Id[]
  user_id?: string | null
  phone?: string | null
  email?: string | null
}

export interface Me extends Member {
  birthday?: string | null
  language?: Language | null
}

export interface MeChange {
  name?: string
  signature?: string | null
  birthday?: string | null
  phone?: string | null
  email?: string | null
  language?: Language
}

export interface Department {
  id: Id
  parent_id?: Id | null
  name: string
  position: number
  member_count: number
  can: { edit: boolean }
}


export interface Notification {
  id: Id
  kind: 'mention' | 'added_to_group' | 'security' | 'system' | string
  at: Time
  is_read: boolean
  ref?: { kind: string; id: Id; seq?: number | null } | null
  actor_id?: Id | null
  text?: string | null
}

export interface NotificationPage extends Page<Notification> {
  unread: number
}

export interface NotificationSettings {
  desktop: boolean
  sound: boolean
  mentions_only: boolean
  shows_text: boolean
}
