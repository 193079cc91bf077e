/** What a rule lacks before it can mean anybody, said where it is missing. */
import { useLingui } from '@lingui/react/macro'
import { useFieldName, useFields } from '~/shell/fields'
import type { Values } from './form'
import { takesValue } from './words'

type Rule = Pick<Values, 'kind' | 'department_ids' | 'conditions'>

export function useMissing(): (rule: Rule) => string | null {
  const { t } = useLingui()
  const all = useFields()
  const nameOf = useFieldName()
  return ({ kind, department_ids, conditions }) => {
    if (kind === 'hand') return null
    if (conditions.length === 0 && department_ids.length === 0) return t`A rule needs a department or at least one condition.`
    const place = conditions.findIndex(({ test, values }) => takesValue(test) && values.every((text) => text.trim() === ''))
    if (place < 0) return null
    const [number, found] = [place + 1, all.find((one) => one.id === conditions[place]?.field_id)]
    if (!found) return t`Condition ${number} compares with nothing: enter a value.`
    const field = nameOf(found)
    return t`Condition ${number} compares “${field}” with nothing: enter a value.`
  }
}
