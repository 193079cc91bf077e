/** Histories and lists of the invented company. */
import type * as t from '../src/api/types.ts'
import { people } from './company.ts'

const [shen, lu, he, han] = people()

export const sessions: t.DeviceSession[] = [
  { id: 's1', device: 'Firefox 145 · Linux', address: '10.2.0.14', created_at: '2026-11-02T01:10:00Z', last_seen_at: '2026-11-22T10:40:00Z', is_current: true },
  { id: 's2', device: 'Safari · iPhone', address: '10.2.0.77', created_at: '2026-11-10T08:00:00Z', last_seen_at: '2026-11-22T08:12:00Z', is_current: false },
  { id: 's3', device: 'Chrome 142 · Windows', address: '115.204.9.3', created_at: '2026-09-30T05:00:00Z', last_seen_at: '2026-11-01T09:30:00Z', is_current: false },
]

export const signIns: t.SignInRecord[] = [
  { id: 'h1', at: '2026-11-22T01:10:00Z', outcome: 'ok', device: 'Firefox 145 · Linux', address: '10.2.0.14', is_new_device: false },
  { id: 'h2', at: '2026-11-21T14:02:00Z', outcome: 'wrong_password', device: 'Chrome 142 · Windows', address: '115.204.9.3', is_new_device: false },
  { id: 'h3', at: '2026-11-10T08:00:00Z', outcome: 'ok', device: 'Safari · iPhone', address: '10.2.0.77', is_new_device: true },
]

export const jobs: t.JobState[] = [
  { id: 'j1', name: 'privacy.destroy_expired_keys', class: 'heavy', state: 'done', attempts: 1, run_at: '2026-11-22T18:00:00Z', finished_at: '2026-11-22T18:00:02Z' },
  { id: 'j2', name: 'kernel.sweep_outbox', class: 'light', state: 'queued', attempts: 0, run_at: '2026-11-22T19:00:00Z' },
  { id: 'j3', name: 'identity.sweep_sessions', class: 'light', state: 'failed', attempts: 3, run_at: '2026-11-22T17:30:00Z', finished_at: '2026-11-22T17:30:09Z', error_code: 'unavailable' },
]

export const health: t.Health = {
  version: '0.1.0',
  started_at: '2026-11-20T02:14:00Z',
  database: { version: '18.1', size_bytes: 48_400_000, is_private: true },
  disk: { free_bytes: 61_000_000_000, total_bytes: 240_000_000_000 },
  files: { kind: 'folder', free_bytes: 61_000_000_000 },
  sockets: 37,
  drifts: 0,
  checks: [
    { id: 'jobs', state: 'ok', detail_code: 'jobs.fine' },
    { id: 'reality', state: 'ok', detail_code: 'reality.fine' },
    { id: 'transport', state: 'warn', detail_code: 'transport.this_machine_only' },
    { id: 'disk', state: 'ok', detail_code: 'disk.fine' },
    { id: 'files', state: 'ok', detail_code: 'files.fine' },
  ],
}

export const audit = [
  { id: 'a1', line: 4, at: '2026-11-22T10:31:00Z', actor: { kind: 'member', id: shen?.id }, name: 'directory.member_suspended', target: { kind: 'member', id: people()[13]?.id }, data: {}, outcome: 'done', rule: 'people.suspend', address: '192.0.2.7', device: 'Firefox · Windows', request_id: 'q1' },
  { id: 'a2', line: 3, at: '2026-11-22T09:12:00Z', actor: { kind: 'member', id: han?.id }, name: 'identity.invitation_created', data: {}, outcome: 'done' },
  { id: 'a3', line: 2, at: '2026-11-22T08:05:00Z', actor: { kind: 'member', id: he?.id }, name: 'directory.organisation_changed', data: {}, outcome: 'refused', code: 'forbidden' },
  { id: 'a4', line: 1, at: '2026-11-21T18:00:00Z', actor: { kind: 'system' }, name: 'privacy.keys_destroyed', data: {}, outcome: 'done' },
]

export const cookies: t.Cookie[] = [
  { name: 'session', kind: 'authentication', purpose_code: 'sign_in', kept_for_s: 180 * 86_400, is_set: true, purpose: { en: 'Keeps you signed in', 'zh-CN': '保持登录', 'zh-TW': '保持登入' } },
  { name: 'language', kind: 'preference', purpose_code: 'language', kept_for_s: 31_536_000, is_set: true, purpose: { en: 'Language', 'zh-CN': '语言', 'zh-TW': '語言' } },
  { name: 'theme', kind: 'preference', purpose_code: 'theme', kept_for_s: 31_536_000, is_set: false, purpose: { en: 'Theme', 'zh-CN': '主题', 'zh-TW': '主題' } },
]

export const notifications = (): t.Notification[] => [
  { id: 'n1', kind: 'mention', at: '2026-11-22T10:12:00Z', is_read: false, ref: { kind: 'conversation', id: 'c1', seq: 41 }, actor_id: he?.id, text: '周五三辆厢车，第一辆 7:30 到南门。@沈知遥 冷藏样品要单独走吗？' },
  { id: 'n2', kind: 'security', at: '2026-11-21T14:02:00Z', is_read: false, text: 'Chrome 142 · Windows' },
  { id: 'n3', kind: 'added_to_group', at: '2026-11-20T06:40:00Z', is_read: true, ref: { kind: 'conversation', id: 'c2' }, actor_id: lu?.id, text: '华东仓搬迁项目组' },
]

export const statement = (language: string): t.Statement => ({
  version: '0.2',
  language: language === 'zh-TW' ? 'zh-TW' : language === 'en' ? 'en' : 'zh-CN',
  effective_at: '2026-11-01T00:00:00Z',
  title: language === 'en' ? 'Privacy statement' : '隐私声明',
  summary: ['Your organisation decides why and how your data is used.', 'Messages are encrypted where they are stored and deleted when their period ends.', 'Nothing leaves this server.'],
  sections: [
    { id: 'who', heading: 'Who is responsible', paragraphs: ['The organisation that invited you is the controller. It runs this server or has it run for itself.'] },
    { id: 'what', heading: 'What is stored', paragraphs: ['Your name, the account you sign in with, the messages you write, and when and from which device you signed in.'] },
    { id: 'long', heading: 'How long', paragraphs: ['Messages as long as your organisation has chosen; sign-ins for 180 days.'] },
  ],
})
