/** What the first run asks for, as its fields hold it. */
import { useEffect, useState } from 'react'
import type { ChatRetentionDays, CheckSetUp, Language, SetUp } from '~/api/types'
import { useForm } from '~/shell/useForm'

export interface SetUpFields extends Record<string, unknown> {
  code: string
  name_zh: string
  name_en: string
  region: string
  industry: string
  time_zone: string
  contact_name: string
  contact_phone: string
  contact_email: string
  name: string
  user_id: string
  phone: string
  email: string
  password: string
  retention: ChatRetentionDays
  accepts: boolean
  attests: boolean
  isAdult: boolean
  remember: boolean
}

/** Where the browser thinks it is. */
export const BROWSERS_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const EMPTY: SetUpFields = {
  code: '',
  name_zh: '',
  name_en: '',
  region: 'CN',
  industry: '',
  time_zone: BROWSERS_ZONE,
  contact_name: '',
  contact_phone: '',
  contact_email: '',
  name: '',
  user_id: '',
  phone: '',
  email: '',
  password: '',
  retention: 90,
  accepts: false,
  attests: false,
  isAdult: false,
  remember: true,
}

/** The name of the organisation for a reader of this language, as far as it has one. */
export const calledIn = (language: Language, { name_zh: zh, name_en: en }: Pick<SetUpFields, 'name_zh' | 'name_en'>): string => (language === 'en' ? en || zh : zh || en)

const NAMES = {
  'organisation.contact.name': 'contact_name',
  'organisation.contact.phone': 'contact_phone',
  'organisation.contact.email': 'contact_email',
  'contact.name': 'contact_name',
  'contact.phone': 'contact_phone',
  'contact.email': 'contact_email',
  name_zh: 'name_zh',
  name_en: 'name_en',
  accepts_statement: 'accepts',
  attests_control: 'attests',
  is_adult: 'isAdult',
} as const

/** Where this window keeps what was entered, so that a reload loses nothing but what is not kept. */
const KEPT = 'setup'
/** Secrets, and what somebody says for themselves at that moment: nobody else at this window, or later, has agreed to it. */
const NOT_KEPT = { code: '', password: '', accepts: false, attests: false, isAdult: false }

function recalled(): SetUpFields | null {
  const text = sessionStorage.getItem(KEPT)
  if (text === null) return null
  const kept: Partial<SetUpFields> = JSON.parse(text)
  return { ...EMPTY, ...kept, ...NOT_KEPT }
}

/** It is done: nothing of it has to stay in the browser. */
export const forgetSetUp = () => sessionStorage.removeItem(KEPT)

export function useSetUpForm() {
  const [before] = useState(recalled)
  const form = useForm<SetUpFields>(before ?? EMPTY, NAMES)
  const { values } = form
  useEffect(() => {
    if (Object.keys(EMPTY).some((name) => !(name in NOT_KEPT) && values[name] !== EMPTY[name])) sessionStorage.setItem(KEPT, JSON.stringify({ ...values, ...NOT_KEPT }))
  }, [values])
  /** Whether something was entered before this page was loaded. */
  return { ...form, isRecalled: before !== null }
}
export type SetUpForm = ReturnType<typeof useSetUpForm>

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

export function toSetUp(fields: SetUpFields, language: Language, statementVersion: string): SetUp {
  return {
    code: fields.code.trim(),
    organisation: {
      name_zh: orNull(fields.name_zh),
      name_en: orNull(fields.name_en),
      region: fields.region,
      industry: fields.industry,
      time_zone: fields.time_zone,
      contact: { name: fields.contact_name.trim(), phone: orNull(fields.contact_phone), email: orNull(fields.contact_email) },
    },
    administrator: { name: fields.name.trim(), user_id: orNull(fields.user_id), phone: orNull(fields.phone), email: orNull(fields.email), password: fields.password === '' ? null : fields.password },
    language,
    chat_retention_days: fields.retention,
    statement_version: statementVersion,
    accepts_statement: fields.accepts,
    attests_control: fields.attests,
    is_adult: fields.isAdult,
    remember: fields.remember,
  }
}

/** What has been asked once this step is filled in. */
export function upTo(step: number, { code, organisation, administrator }: SetUp): CheckSetUp {
  return { code, organisation: step >= 1 ? organisation : null, administrator: step >= 2 ? administrator : null }
}

/** Which step shows a field, to go back to where something was refused. */
export function stepOf(field: string): number {
  if (field === 'code') return 0
  if (['name_zh', 'name_en', 'region', 'industry', 'time_zone', 'contact_name', 'contact_phone', 'contact_email'].includes(field)) return 1
  if (['name', 'user_id', 'phone', 'email', 'password'].includes(field)) return 2
  return field === 'retention' ? 3 : 4
}
