/** What the form about a field holds, and what it sends. */
import type { ParametersOf } from '~/api/client'
import type { Field, FieldAudience, FieldKind, FieldNames } from '~/api/types'

/** Kinds of which a part says less than the whole. */
export const MASKABLE: readonly FieldKind[] = ['text', 'number', 'phone', 'link']

export interface ChoiceValue {
  id: string
  names: FieldNames
}

export type Values = {
  kind: FieldKind
  names: FieldNames
  group: FieldNames
  choices: ChoiceValue[]
  longest: string
  least: string
  most: string
  seen_by: FieldAudience[]
  edited_by: FieldAudience[]
  is_masked: boolean
  /** A line each. */
  listed: string
  only_listed: boolean
}

const written = (number: number | null | undefined) => (typeof number === 'number' ? String(number) : '')

export const valuesOf = (field: Field | undefined): Values => ({
  kind: field?.kind ?? 'text',
  names: field?.names ?? {},
  group: field?.group ?? {},
  choices: field?.choices ?? [],
  longest: written(field?.longest),
  least: written(field?.least),
  most: written(field?.most),
  seen_by: field?.seen_by ?? ['everyone', 'administrators', 'oneself'],
  edited_by: field?.edited_by ?? ['administrators', 'oneself'],
  is_masked: field?.is_masked ?? false,
  listed: (field?.listed ?? []).join('\n'),
  only_listed: field?.only_listed ?? false,
})

const number = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text))
const isEmpty = (names: FieldNames) => Object.values(names).every((name) => !name?.trim())

const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')

const definitionOf = (values: Values) => ({
  names: values.names,
  group: isEmpty(values.group) ? null : values.group,
  choices: values.kind === 'choice' ? values.choices.filter((one) => !isEmpty(one.names)) : [],
  longest: values.kind === 'text' ? number(values.longest) : null,
  least: values.kind === 'number' ? number(values.least) : null,
  most: values.kind === 'number' ? number(values.most) : null,
})

export const bodyOf = (values: Values): ParametersOf<'post', '/v1/fields'>['body'] => ({
  ...definitionOf(values),
  kind: values.kind,
  seen_by: values.seen_by,
  edited_by: values.edited_by,
  is_masked: MASKABLE.includes(values.kind) && values.is_masked,
  listed: values.kind === 'text' ? linesOf(values.listed) : [],
  only_listed: values.kind === 'text' && values.only_listed && linesOf(values.listed).length > 0,
})

/** Only what was touched: the rest stays as another one may have left it. */
export function changesOf(before: Values, after: Values): ParametersOf<'patch', '/v1/fields/{field}'>['body'] {
  const [was, is] = [before, after].map(bodyOf)
  const touched = Object.entries(is ?? {}).filter(([name, value]) => name !== 'kind' && JSON.stringify(value) !== JSON.stringify(Object.entries(was ?? {}).find(([other]) => other === name)?.[1]))
  return Object.fromEntries(touched)
}
