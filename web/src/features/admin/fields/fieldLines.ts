/** What is different of a field than it was. Names are said in each language in which they differ. */
import { useLingui } from '@lingui/react/macro'
import type { Field, FieldNames } from '~/api/types'
import { useChoiceName } from '~/shell/fields'
import { LANGUAGES } from '~/shell/language'
import { type ComparedLine, differing, type TheirLine } from '~/shell/TheirChanges'
import { useAudienceList } from './words'

/** `before` as one began with, `now` as it is. */
export function useFieldLines(before: Field | undefined, now: Field | undefined): TheirLine[] {
  const { t, i18n } = useLingui()
  const choiceName = useChoiceName()
  const people = useAudienceList()
  if (!before || !now) return []
  const listed = (names: readonly string[]) => new Intl.ListFormat(i18n.locale).format(names)
  const number = (of: number | null | undefined) => (typeof of === 'number' ? of.toLocaleString(i18n.locale) : '')
  const languages = (was: FieldNames | null | undefined, is: FieldNames | null | undefined) => LANGUAGES.filter(({ id }) => (was?.[id] ?? '') !== (is?.[id] ?? ''))
  const named = (was: FieldNames | null | undefined, is: FieldNames | null | undefined) =>
    is ? listed(languages(was, is).map(({ id, name }) => `${is[id] ?? '–'} (${name})`)) : ''
  const choiceNamed = (id: string) => {
    const [was, is] = [before, now].map((of) => of.choices.find((one) => one.id === id)?.names)
    return was && is && languages(was, is).length > 0 ? named(was, is) : choiceName(now, id)
  }
  const yes = (is: boolean) => (is ? t`Yes` : t`No`)
  const lines: ComparedLine[] = [
    { id: 'names', label: t`Name of the field`, was: before.names, is: now.names, value: named(before.names, now.names) },
    { id: 'group', label: t`Group it stands in`, was: before.group, is: now.group, value: named(before.group, now.group) },
    { id: 'choices', label: t`Choices`, was: before.choices, is: now.choices, value: listed(now.choices.map((one) => choiceNamed(one.id))) },
    { id: 'longest', label: t`Characters at most`, was: before.longest, is: now.longest, value: number(now.longest) },
    { id: 'least', label: t`Smallest number`, was: before.least, is: now.least, value: number(now.least) },
    { id: 'most', label: t`Greatest number`, was: before.most, is: now.most, value: number(now.most) },
    { id: 'listed', label: t`What is offered`, was: before.listed, is: now.listed, value: listed(now.listed) },
    { id: 'only', label: t`Only what stands in the list`, was: before.only_listed, is: now.only_listed, value: yes(now.only_listed) },
    { id: 'collected', label: t`Collected`, was: before.is_collected, is: now.is_collected, value: yes(now.is_collected) },
    { id: 'seen', label: t`Seen by`, was: before.seen_by, is: now.seen_by, value: people(now.seen_by) },
    { id: 'edited', label: t`Changed by`, was: before.edited_by, is: now.edited_by, value: people(now.edited_by) },
    { id: 'masked', label: t`Show only its beginning and end`, was: before.is_masked, is: now.is_masked, value: yes(now.is_masked) },
  ]
  return differing(lines)
}
