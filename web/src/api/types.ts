/** The nouns of the API. Times are RFC 3339 strings in UTC, ids are UUIDs. */
import type { Member } from './directory-types'

export type Id = string
export type Time = string
export type Language = 'en' | 'zh-CN' | 'zh-TW'

export interface Page<T> {
  items: T[]
  next?: string | null
}

/** RFC 9457, with the code the text catalogue is keyed by. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string | null
  /** Which input was refused; the text lands on that field. */
  field?: string | null
  request_id?: string | null
  retry_after_s?: number | null
}

// server -------------------------------------------------------------------

export interface Capabilities {
  version: string
  set_up: boolean
  is_tls: boolean
  languages: Language[]
  modules: string[]
  limits: { message_bytes: number; group_members: number; avatar_bytes: number; frame_bytes: number }
}

export interface JobState {
  id: Id
  name: string
  class: 'light' | 'heavy'
  state: 'waiting' | 'running' | 'done' | 'failed' | string
  attempts: number
  run_at: Time
  finished_at?: Time | null
  error_code?: string | null
}

export interface HealthCheck {
  id: string
  state: 'ok' | 'warn' | 'bad'
  detail_code?: string | null
}

export interface Health {
  version: string
  started_at: Time
  database: { version: string; size_bytes: number; is_private: boolean }
  disk: { free_bytes: number; total_bytes: number }
  sockets: number
  checks: HealthCheck[]
}

// identity -----------------------------------------------------------------

export type Role = 'owner' | 'administrator' | 'member'
export type MemberState = 'active' | 'suspended' | 'invited' | 'departed'
export type Must = 'change_password' | 'accept_statement' | 'affirm_age'

export interface SessionOrganisation {
  id: Id
  slug: string
  name: string
  member_id: Id
  role: Role
  state: MemberState
  unread?: number | null
}

export interface Session {
  id: Id
  account_id: Id
  language?: Language | null
  organisations: SessionOrganisation[]
  must: Must[]
  statement_version: string
  expires_at: Time
}

export interface SignIn {
  login: string
  password: string
  organisation?: string | null
  remember: boolean
}

export interface DeviceSession {
  id: Id
  device: string
  address: string
  place?: string | null
  created_at: Time
  last_seen_at: Time
  is_current: boolean
}

export interface SignInRecord {
  id: Id
  at: Time
  outcome: 'ok' | 'wrong_password' | 'throttled' | 'suspended'
  device: string
  address: string
  is_new_device: boolean
}

export interface PendingInvitation {
  id: Id
  organisation: { name: string }
  inviter_name: string
  expires_at: Time
}

export interface Invitation {
  id: Id
  url?: string | null
  token?: string | null
  created_by?: Id | null
  created_at?: Time | null
  expires_at: Time
  max_uses: number
  uses: number
  state: 'open' | 'used_up' | 'expired' | 'revoked'
  department_id?: Id | null
}

export interface InvitationView {
  organisation: { name: string; slug: string }
  inviter_name: string
  expires_at: Time
  statement_version: string
}

export interface AcceptInvitation {
  name: string
  user_id?: string | null
  phone?: string | null
  email?: string | null
  password: string
  language: Language
  statement_version: string
  accepts_statement: boolean
  is_adult: boolean
}

export interface NewMember {
  name: string
  user_id?: string | null
  phone?: string | null
  email?: string | null
  staff_number?: string | null
  position?: string | null
  department_ids: Id[]
  role: Role
}

export interface AddedMember {
  member: Member
  initial_password: string | null
  initial_password_expires_at: Time | null
  is_invited: boolean
}

export interface InitialPassword {
  initial_password: string
  expires_at: Time
}

export type ChatRetentionDays = 90 | 180 | 360 | 720

export interface SetUp {
  code: string
  organisation: {
    name_zh?: string | null
    name_en?: string | null
    slug?: string | null
    region: string
    industry: string
    time_zone: string
    contact: { name: string; phone?: string | null; email?: string | null }
  }
  administrator: { name: string; user_id?: string | null; phone?: string | null; email?: string | null; password: string }
  language: Language
  chat_retention_days: ChatRetentionDays
  statement_version: string
  accepts_statement: boolean
  attests_control: boolean
  is_adult: boolean
}

// privacy ------------------------------------------------------------------

export interface Statement {
  version: string
  language: Language
  effective_at: Time
  title: string
  summary: string[]
  sections: { id: string; heading: string; paragraphs: string[] }[]
}

export interface Acceptance {
  version: string
  at: Time
  device: string
  address: string
}

export interface AuditEntry {
  id: Id
  pos?: number | null
  at: Time
  actor: { kind: 'member' | 'operator' | 'system' | 'visitor' | string; id?: Id | null }
  name: string
  data: Record<string, unknown>
  outcome: 'done' | 'refused'
  code?: string | null
}

export interface Cookie {
  name: string
  kind: 'preference' | 'authentication' | 'security'
  purpose_code: string
  kept_for_s: number
  is_set: boolean
}

export type * from './chat-types'
export type * from './directory-types'
