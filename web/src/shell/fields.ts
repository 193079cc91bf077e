/** Fields of people: what they are called and how a value is written, in the language of the interface. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { query } from '~/api/client'
import { usual } from '~/lib/dates'
import type { BuiltInField, Field, FieldNames, FieldValue } from '~/api/types'

export const fields = () => ({ ...query('get', '/v1/fields', {}), staleTime: 300_000 })

export const useFields = () => useQuery(fields()).data?.items ?? []

/** The name in this language, otherwise in one that is nearest to it. */
export function nameIn(names: FieldNames, language: string): string {
  const { en, 'zh-CN': simplified, 'zh-TW': traditional } = names
  const order = language === 'zh-CN' ? [simplified, traditional, en] : language === 'zh-TW' ? [traditional, simplified, en] : [en, simplified, traditional]
  return order.find((name) => typeof name === 'string' && name !== '') ?? ''
}

export function useFieldName() {
  const { t, i18n } = useLingui()
  const built: Record<BuiltInField, string> = {
    user_id: t`User ID`,
    staff_number: t`Staff number`,
    phone: t`Phone`,
    email: t`E-mail`,
    position: t`Position`,
    post: t`Post`,
    signature: t`Signature`,
    avatar: t({ message: 'Picture', context: 'of a person' }),
    birthday: t`Birthday`,
    gender: t`Gender`,
    work_address: t`Work address`,
    remark: t`Remark`,
  }
  return (field: Pick<Field, 'built_in' | 'names'>) => (field.built_in ? built[field.built_in] : nameIn(field.names, i18n.locale))
}

export function useChoiceName() {
  const { t, i18n } = useLingui()
  const genders: Record<string, string> = { female: t`Female`, male: t`Male`, other: t({ message: 'Other', context: 'gender' }) }
  return (field: Field, id: string) => {
    const choice = field.choices.find((one) => one.id === id)
    if (!choice) return ''
    return field.built_in === 'gender' ? (genders[id] ?? '') : nameIn(choice.names, i18n.locale)
  }
}

/** A day that is the same wherever one is. */
export const wholeDay = (value: string, language: string) => new Date(value).toLocaleDateString(usual(language), { dateStyle: 'long', timeZone: 'UTC' })

export interface Group {
  name: string
  fields: Field[]
}

/** Fields that stand together, those without a group first, each group where its first field is. */
export function groupsOf(all: readonly Field[], language: string): Group[] {
  const groups: Group[] = []
  for (const field of all) {
    const name = field.group ? nameIn(field.group, language) : ''
    const found = groups.find((group) => group.name === name)
    if (found) found.fields.push(field)
    else if (name === '') groups.unshift({ name, fields: [field] })
    else groups.push({ name, fields: [field] })
  }
  return groups
}

/** Fields whose values stand in `values`: all that have no place of their own. */
const APART: readonly BuiltInField[] = ['user_id', 'staff_number', 'phone', 'email', 'position', 'signature', 'avatar', 'birthday']
export const isAmongValues = (field: Field) => !field.built_in || !APART.includes(field.built_in)

/** Whether administrators fill it in, for others. */
export const isWrittenByAdministrators = (field: Field) => field.is_collected && field.edited_by.includes('administrators')

export const textsOf = (values: readonly FieldValue[]): Record<string, string> => Object.fromEntries(values.filter((one) => !one.is_masked).map((one) => [one.field_id, one.value]))

/** Only what was changed; what was emptied is taken away. */
export function changedTexts(before: Record<string, string>, after: Record<string, string>): Record<string, string | null> {
  const changed = Object.entries(after).filter(([id, text]) => text.trim() !== (before[id] ?? ''))
  return Object.fromEntries(changed.map(([id, text]) => [id, text.trim() === '' ? null : text.trim()]))
}
