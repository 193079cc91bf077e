/** The list of those who may speak with peers, as the form holds it. */
import type { Principal } from '~/api/types'

export type Whom = 'nobody' | 'everyone' | 'some'

export interface Chosen extends Record<string, unknown> {
  whom: Whom
  departments: string[]
  groups: string[]
  people: string[]
}

const idsOf = (speakers: readonly Principal[], kind: Principal['kind']) => speakers.flatMap((one) => (one.kind !== 'everyone' && one.kind === kind ? [one.id] : []))

export function chosenOf(speakers: readonly Principal[]): Chosen {
  const whom = speakers.some((one) => one.kind === 'everyone') ? 'everyone' : speakers.length === 0 ? 'nobody' : 'some'
  return { whom, departments: idsOf(speakers, 'department'), groups: idsOf(speakers, 'people_group'), people: idsOf(speakers, 'member') }
}

/** Whether the form says what the list says; in which order does not matter. */
export function isSameAs(chosen: Chosen, speakers: readonly Principal[]): boolean {
  const listed = (of: readonly Principal[]) => of.map((one) => JSON.stringify(one.kind === 'everyone' ? [one.kind] : [one.kind, one.id])).sort().join()
  return chosen.whom === chosenOf(speakers).whom && listed(speakersOf(chosen)) === listed(speakers)
}

export function speakersOf({ whom, departments, groups, people }: Chosen): Principal[] {
  if (whom === 'everyone') return [{ kind: 'everyone' }]
  if (whom === 'nobody') return []
  return [
    ...departments.map((id): Principal => ({ kind: 'department', id })),
    ...groups.map((id): Principal => ({ kind: 'people_group', id })),
    ...people.map((id): Principal => ({ kind: 'member', id })),
  ]
}
