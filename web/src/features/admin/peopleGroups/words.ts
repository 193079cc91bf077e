/** How conditions compare, how a group is made and what is wrong with it, in words. */
import { useLingui } from '@lingui/react/macro'
import type { Field, FieldKind, PeopleGroupKind, PeopleGroupProblemKind, PeopleGroupTest } from '~/api/types'

/** Which comparisons a kind of field has, the usual one first. */
export const TESTS: Record<FieldKind, readonly PeopleGroupTest[]> = {
  text: ['equals', 'one_of', 'contains', 'filled', 'empty'],
  link: ['equals', 'one_of', 'contains', 'filled', 'empty'],
  phone: ['equals', 'one_of', 'contains', 'filled', 'empty'],
  number: ['equals', 'greater', 'less', 'one_of', 'filled', 'empty'],
  date: ['before', 'after', 'equals', 'filled', 'empty'],
  choice: ['equals', 'one_of', 'filled', 'empty'],
  person: ['equals', 'one_of', 'filled', 'empty'],
  picture: [],
}

export const takesValue = (test: PeopleGroupTest) => test !== 'filled' && test !== 'empty'

/** A rule asks about everybody at once: only what its writer sees of everybody, whole. */
export const isUsable = (field: Field) =>
  field.is_collected && !field.is_masked && field.kind !== 'picture' && (field.seen_by.includes('everyone') || field.seen_by.includes('administrators'))

export function useTestNames(): Record<PeopleGroupTest, string> {
  const { t } = useLingui()
  return {
    equals: t({ message: 'is', context: 'condition of a rule' }),
    one_of: t({ message: 'is one of', context: 'condition of a rule' }),
    contains: t({ message: 'contains', context: 'condition of a rule' }),
    before: t({ message: 'is before', context: 'condition of a rule' }),
    after: t({ message: 'is after', context: 'condition of a rule' }),
    less: t({ message: 'is less than', context: 'condition of a rule' }),
    greater: t({ message: 'is greater than', context: 'condition of a rule' }),
    filled: t({ message: 'is filled in', context: 'condition of a rule' }),
    empty: t({ message: 'is empty', context: 'condition of a rule' }),
  }
}

export function useKindNames(): Record<PeopleGroupKind, string> {
  const { t } = useLingui()
  return { hand: t({ message: 'by hand', context: 'how a directory group is made' }), rule: t({ message: 'by a rule', context: 'how a directory group is made' }) }
}

export function useProblemNames(): Record<PeopleGroupProblemKind, string> {
  const { t } = useLingui()
  return {
    field_off: t`A field of the rule is switched off. As long as it is, nobody is in the group.`,
    field_gone: t`A field of the rule was removed. Until you mend the rule, nobody is in the group.`,
    field_unseen: t`A field of the rule is masked or not shown to administrators. As long as it is, nobody is in the group.`,
    department_gone: t`A department it names is not there any more.`,
  }
}
