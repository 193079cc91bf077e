/** What the form about a directory group holds, and what it sends. */
import type { ParametersOf } from '~/api/client'
import type { Field, PeopleGroup, PeopleGroupMadeBy, PeopleGroupNeeds, PeopleGroupTest } from '~/api/types'
import { TESTS, takesValue } from './words'

export interface ConditionValue {
  field_id: string
  test: PeopleGroupTest
  values: string[]
}

export type Values = {
  name: string
  note: string
  is_shown: boolean
  kind: 'hand' | 'rule'
  member_ids: string[]
  department_ids: string[]
  includes_below: boolean
  needs: PeopleGroupNeeds
  conditions: ConditionValue[]
}

export function valuesOf(group: PeopleGroup | undefined): Values {
  const made = group?.managed?.made_by
  const rule = made?.kind === 'rule' ? made : null
  return {
    name: group?.name ?? '',
    note: group?.note ?? '',
    is_shown: group?.managed?.is_shown ?? true,
    kind: made?.kind ?? 'hand',
    member_ids: made?.kind === 'hand' ? [...made.member_ids] : [],
    department_ids: [...(made?.department_ids ?? [])],
    includes_below: rule?.includes_below ?? true,
    needs: rule?.needs ?? 'all',
    conditions: (rule?.conditions ?? []).map(({ field_id, test, values }) => ({ field_id, test, values: [...(values ?? [])] })),
  }
}

/** A condition about this field, as one begins to write it. */
export const conditionOf = (field: Field): ConditionValue => ({ field_id: field.id, test: TESTS[field.kind][0] ?? 'filled', values: [] })

/** Another comparison keeps what fits it. */
export const withTest = (condition: ConditionValue, test: PeopleGroupTest): ConditionValue => ({
  ...condition,
  test,
  values: !takesValue(test) ? [] : test === 'one_of' ? condition.values : condition.values.slice(0, 1),
})

export function madeByOf(values: Values): PeopleGroupMadeBy {
  const { kind, member_ids, department_ids, includes_below, needs, conditions } = values
  if (kind === 'hand') return { kind, member_ids, department_ids }
  return { kind, department_ids, includes_below, needs, conditions: conditions.map((one) => ({ ...one, values: takesValue(one.test) ? one.values.map((text) => text.trim()).filter((text) => text !== '') : [] })) }
}

export const bodyOf = (values: Values): ParametersOf<'post', '/v1/people-groups'>['body'] => ({
  name: values.name,
  note: values.note,
  is_shown: values.is_shown,
  made_by: madeByOf(values),
})
