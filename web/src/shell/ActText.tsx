/** What a sensitive act is, in a sentence. An act of a newer server keeps its code. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { SensitiveAct } from '~/api/types'
import { MemberName } from './MemberName'
import type { MembersById } from './members'
import { Somebody } from './Somebody'

export const memberOf = (act: SensitiveAct): string | null => {
  const member = act.details['member']
  return typeof member === 'string' ? member : null
}

export function ActText({ act, people }: { act: SensitiveAct; people: MembersById }) {
  const { i18n } = useLingui()
  const name = <MemberName id={memberOf(act)} people={people} otherwise={<Somebody />} />
  const to = Number(act.details['to'])
  const from = i18n.number(Number(act.details['from']))
  if (act.kind === 'directory.give_owner') return <Trans>Make {name} an owner of the organisation</Trans>
  if (act.kind === 'directory.take_owner') return <Trans>{name} is to be an owner no longer</Trans>
  if (act.kind === 'directory.lengthen_retention') return <Trans>Keep messages for {plural(to, { one: '# day', other: '# days' })} instead of {from}</Trans>
  const many = Number(act.details['people'])
  if (act.kind === 'people_exports.export_people') return <Trans>Take {plural(many, { one: '# person', other: '# people' })} of the directory away as a file</Trans>
  if (act.kind === 'dissolution.dissolve_organisation') return <Trans>Dissolve the organisation, with {plural(many, { one: '# person', other: '# people' })} in it</Trans>
  return <>{act.kind}</>
}
