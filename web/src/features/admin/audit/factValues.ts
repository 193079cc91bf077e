/** What facts of the audit log say, in words. What a newer server says, and nobody has words for yet, keeps its code. */
import { useLingui } from '@lingui/react/macro'
import type { Department } from '~/api/types'
import { bytes, fullDay, isDay, moment } from '~/lib/dates'
import { listOf } from '~/lib/lists'
import { regionName } from '~/lib/places'
import { useDisclosedKinds } from '~/shell/Disclosures'
import { useFieldName, useFields } from '~/shell/fields'
import { useIndustries } from '~/shell/industries'
import { departmentName } from '~/shell/members'
import { useReasons } from '~/shell/restrictions'
import { useRefusalGrounds, useRequestKinds, useRequestStates } from '~/shell/subjectRequests'
import { useActReason } from '../acts/useActReason'
import { useSeesNames } from '../departmentLines'
import { useAudienceNames } from '../fields/words'
import { useThingKinds } from '../leavers/words'
import { useProofs } from '../requests/RequestDialog'
import { usePermissionWords, useRoleName } from '../roles/words'
import { useFactNames } from './factNames'

/** A moment as the server writes it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Settings that are departments. */
const DEPARTMENTS = ['department', 'departments', 'department_ids', 'into', 'leads', 'leads_from_outside', 'parent_id', 'sees_also']

type Codes = Record<string, Record<string, string>>

/** Words of the domain that an event belongs to, by field. */
function useOwnCodes(): (event: string) => Codes {
  const { t } = useLingui()
  const requestStates = Object.fromEntries(Object.entries(useRequestStates()).map(([state, [, word]]) => [state, word]))
  const acts = {
    'directory.give_owner': t`Make somebody an owner`,
    'directory.take_owner': t`Let somebody be an owner no longer`,
    'directory.lengthen_retention': t`Keep messages longer`,
    'people_exports.export_people': t`Export of people`,
    'dissolution.dissolve_organisation': t`Dissolve the organisation`,
  }
  const byDomain: Record<string, Codes> = {
    directory: { kind: acts, state: { approved: t`being done`, done: t`done`, refused: t`refused`, cancelled: t`stopped`, lapsed: t`lapsed`, failed: t`not possible any more` } },
    handover: { kind: useThingKinds() },
    peers: { state: { asked: t`Waiting for their answer`, received: t`Asks you`, connected: t`Connected`, declined: t`Declined by them` } },
    privacy: { kind: { adult: t`Is of age`, statement: t`Accepted the privacy statement for the organisation`, control: t`The organisation has the right to the data it brings` } },
    retention: { state: { done: t`done`, cancelled: t`stopped`, lapsed: t`lapsed` } },
    requests: { kind: useRequestKinds(), state: requestStates },
  }
  return (event) => byDomain[event.split('.')[0] ?? ''] ?? {}
}

/** Words that are the same wherever the field stands. */
function useCodes(): Codes {
  const { t } = useLingui()
  const audiences = useAudienceNames()
  const permissions = Object.fromEntries(Object.entries(usePermissionWords()).map(([name, { label }]) => [name, label]))
  const roleName = useRoleName()
  const by = { oneself: t`the person`, administrator: t`an administrator`, leaving: t`the person, who left` }
  return {
    '': permissions,
    permissions,
    edited_by: audiences,
    seen_by: audiences,
    ground: useRefusalGrounds(),
    happened: { created: t`added`, changed: t`changed`, deleted: t`removed` },
    industry: Object.fromEntries(useIndustries().map(({ id, label }) => [id, label])),
    kinds: useDisclosedKinds(),
    lateness: { on_time: t`in time`, past_target: t`late`, past_limit: t`past the limit` },
    open_to: { everybody: t`Everyone`, nobody: t`Nobody`, only: t`Only some departments`, except: t`All but some departments` },
    proof: useProofs(),
    reason: { stolen: t`A device was lost or stolen`, abnormal: t`Unusual activity`, other: t`Another reason`, ...useReasons() },
    placed_by: by,
    ended_by: by,
    role: { member: t`Member`, owner: roleName({ built_in: 'owner' }), administrator: roleName({ built_in: 'administrator' }) },
    sees: useSeesNames(),
    way: { sheet: t`when it was needed`, settings: t`in the settings` },
    stored: { erased: t`Erased`, kept: t`Kept out of sight` },
  }
}

/** One value of a field of an event; of several, each by itself. */
export function useFactValues(departments: readonly Department[]): (event: string, field: string, value: unknown) => string {
  const { t, i18n } = useLingui()
  const own = useOwnCodes()
  const codes = useCodes()
  const reasonOf = useActReason()
  const factName = useFactNames()
  const [fields, nameOfField] = [useFields(), useFieldName()]
  const [{ locale }, days] = [i18n, { holiday: t`holiday`, made_up: t`worked` }]
  const week = (worked: unknown[]) => {
    const day = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
    // The first of January 2024 was a Monday.
    return listOf(locale, worked.flatMap((is, place) => (is === true ? [day.format(Date.UTC(2024, 0, 1 + place))] : [])))
  }
  const fieldOf = (text: string) => {
    const found = fields.find(({ id }) => id === text)
    return found && nameOfField(found)
  }
  const inWords = (event: string, field: string, text: string) => {
    const code = own(event)[field]?.[text] ?? codes[field]?.[text] ?? (isDay(field) ? new Map(Object.entries(days)).get(text) : undefined)
    if (code !== undefined) return code
    if (field === 'fields' || field === 'field') return fieldOf(text) ?? (ID.test(text) ? text.slice(-6) : factName(text, event))
    if (field === 'region') return regionName(text, locale)
    if (field === 'code') return reasonOf(text)
    if (DEPARTMENTS.includes(field)) return departmentName(departments, text) ?? text.slice(-6)
    if (isDay(text)) return fullDay(`${text}T12:00:00`, locale)
    if (MOMENT.test(text)) return moment(text, locale)
    return ID.test(text) ? text.slice(-6) : text
  }
  const one = (event: string, field: string, value: unknown): string => {
    if (value === undefined || value === null || value === '') return '–'
    if (Array.isArray(value)) return value.length === 0 ? '–' : field === 'week' ? week(value) : listOf(locale, value.map((each) => one(event, field, each)))
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`
    if (typeof value === 'number') return field.endsWith('_bytes') ? bytes(value, locale) : value.toLocaleString(locale)
    return typeof value === 'string' ? inWords(event, field, value) : JSON.stringify(value)
  }
  return one
}
