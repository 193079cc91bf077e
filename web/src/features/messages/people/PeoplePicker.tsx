/** Chooses people, and whole departments where that is wanted: by name, pinyin, initials or staff number. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Building2, UsersRound, X } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
import { Button as Plain } from 'react-aria-components'
import type { Department, Member, PeopleGroup } from '~/api/types'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentName, departmentOf } from '~/shell/members'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Icon } from '~/ui/Icon'
import { SearchField } from '~/ui/SearchField'
import { useMessages } from '../context'
import { departments, findPeople, findPeopleGroups } from '../queries'
import styles from './PeoplePicker.module.css'

export interface Chosen {
  members: readonly Member[]
  departments: readonly Department[]
  /** Groups of the directory. */
  groups: readonly PeopleGroup[]
}

/** So many are named; the others are counted. */
const NAMED = 40

export const nobody: Chosen = { members: [], departments: [], groups: [] }

export const isNobody = ({ members, departments: places, groups }: Chosen) => members.length + places.length + groups.length === 0

export const idsOf = ({ members, departments: places, groups }: Chosen) => ({
  member_ids: members.map((one) => one.id),
  department_ids: places.map((one) => one.id),
  people_group_ids: groups.map((one) => one.id),
})

interface Props {
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  /** These are in already. */
  inside?: ReadonlySet<string>
  hasDepartments: boolean
}

export function PeoplePicker({ chosen, onChange, inside, hasDepartments }: Props) {
  const { t } = useLingui()
  const { me } = useMessages()
  const [words, setWords] = useState('')
  const query = useDeferredValue(words.trim())
  const found = useInfiniteQuery(findPeople(query, null))
  const namesakes = chosen.members.filter((one) => chosen.members.some((other) => other.id !== one.id && other.name === one.name))
  const tree = useQuery({ ...departments(), enabled: hasDepartments || namesakes.length > 0 })
  const listed = useQuery({ ...findPeopleGroups(query), enabled: hasDepartments })
  const groups = hasDepartments ? (listed.data?.items ?? []) : []
  const people = (found.data?.pages ?? []).flatMap((page) => page.items).filter((member) => member.id !== me)
  const all = tree.data?.items ?? []
  const places = hasDepartments
    ? all.filter((place) => place.member_count > 0 && (query === '' || place.name.toLocaleLowerCase().includes(query.toLocaleLowerCase())))
    : []
  const shownPlaces = places.slice(0, query === '' ? 5 : 8)
  const shownGroups = groups.slice(0, query === '' ? 3 : 8)
  const hiddenPlaces = places.length - shownPlaces.length
  const hiddenGroups = groups.length - shownGroups.length
  const has = (id: string) => chosen.members.some((member) => member.id === id)
  const hasPlace = (id: string) => chosen.departments.some((place) => place.id === id)
  const toggle = (member: Member) =>
    onChange({ ...chosen, members: has(member.id) ? chosen.members.filter((one) => one.id !== member.id) : [...chosen.members, member] })
  const togglePlace = (place: Department) =>
    onChange({ ...chosen, departments: hasPlace(place.id) ? chosen.departments.filter((one) => one.id !== place.id) : [...chosen.departments, place] })
  const box = useRef<HTMLDivElement>(null)
  // The first that is found is chosen without leaving the field, and the arrows walk through all of them.
  const press = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    if (event.key === 'Enter' && isField && !event.nativeEvent.isComposing && query !== '') {
      const first = people.find((member) => !inside?.has(member.id))
      if (!first || query !== words.trim()) return
      event.preventDefault()
      if (!has(first.id)) toggle(first)
      setWords('')
      return
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const all = [...(box.current?.querySelectorAll<HTMLElement>('input:not(:disabled)') ?? [])]
    const next = all[all.findIndex((one) => one === event.target) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  const hasGroup = (id: string) => chosen.groups.some((group) => group.id === id)
  const toggleGroup = (group: PeopleGroup) =>
    onChange({ ...chosen, groups: hasGroup(group.id) ? chosen.groups.filter((one) => one.id !== group.id) : [...chosen.groups, group] })
  const isEmpty = found.data !== undefined && people.length + places.length + groups.length === 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the field and the boxes inside
    <div ref={box} className={styles.picker} onKeyDown={press}>
      <SearchField label={t`Find people`} placeholder={t`Name, pinyin or staff number`} value={words} onChange={setWords} autoFocus />
      {!isNobody(chosen) && (
        <ul className={styles.chosen} aria-label={t`Chosen`}>
          {chosen.groups.map((group) => (
            <ChosenItem key={group.id} name={group.name} onRemove={() => toggleGroup(group)} />
          ))}
          {chosen.departments.map((place) => (
            <ChosenItem key={place.id} name={departmentName(all, place.id) ?? place.name} onRemove={() => togglePlace(place)} />
          ))}
          {chosen.members.slice(0, NAMED).map((member) => (
            <ChosenItem key={member.id} name={member.name} detail={namesakes.includes(member) ? apart(member, namesakes, tree.data?.items) : ''} onRemove={() => toggle(member)} />
          ))}
          {chosen.members.length > NAMED && <li className={styles.rest}><Plural value={chosen.members.length - NAMED} one="and # more" other="and # more" /></li>}
        </ul>
      )}
      <div className={styles.found}>
        {shownPlaces.map((place) => (
          <div key={place.id} className={styles.row}>
            <Checkbox isSelected={hasPlace(place.id)} onChange={() => togglePlace(place)}>
              <span className={styles.line}>
                <span className={styles.place}><Icon icon={Building2} size={15} /></span>
                <span className="grow ellipsis">{departmentName(all, place.id) ?? place.name}</span>
                <span className={styles.detail}><Plural value={place.member_count} one="# person" other="# people" /></span>
              </span>
            </Checkbox>
          </div>
        ))}
        {hiddenPlaces > 0 && <p className={styles.more}><Plural value={hiddenPlaces} one="# more department: type to find it" other="# more departments: type to find them" /></p>}
        {shownGroups.map((group) => (
          <div key={group.id} className={styles.row}>
            <Checkbox isSelected={hasGroup(group.id)} onChange={() => toggleGroup(group)}>
              <span className={styles.line}>
                <span className={styles.place}><Icon icon={UsersRound} size={15} /></span>
                <span className="grow ellipsis" dir="auto">{group.name}</span>
                <span className={styles.detail}><Trans>directory group</Trans></span>
              </span>
            </Checkbox>
          </div>
        ))}
        {hiddenGroups > 0 && <p className={styles.more}><Plural value={hiddenGroups} one="# more directory group: type to find it" other="# more directory groups: type to find them" /></p>}
        {people.map((member) => (
          <div key={member.id} className={styles.row}>
            <Checkbox isSelected={has(member.id) || inside?.has(member.id) === true} isDisabled={inside?.has(member.id)} onChange={() => toggle(member)}>
              <span className={styles.line}>
                <MemberAvatar member={member} size={28} />
                <span className="grow ellipsis" dir="auto">{member.name}</span>
                <span className={`${styles.detail} ellipsis`}>
                  {inside?.has(member.id) ? <Trans>already in</Trans> : placeOf(member, tree.data?.items)}
                </span>
              </span>
            </Checkbox>
          </div>
        ))}
        {isEmpty && <p className={styles.none}><Trans>Nobody is called “{words}”.</Trans></p>}
        {found.hasNextPage && (
          <Button size="s" variant="ghost" isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>{t`Show more`}</Button>
        )}
      </div>
    </div>
  )
}

function placeOf(member: Member, places: readonly Department[] = []): string {
  const seen = member.department_ids.find((id) => departmentOf(places, id))
  return (seen === undefined ? undefined : departmentName(places, seen)) ?? member.position ?? ''
}

/** What tells somebody from those who are called the same: the department, or the number where they share that too. */
function apart(member: Member, namesakes: readonly Member[], places: readonly Department[] | undefined): string {
  const place = placeOf(member, places)
  const isShared = namesakes.some((one) => one.id !== member.id && one.name === member.name && placeOf(one, places) === place)
  return isShared ? (member.staff_number ?? member.user_id ?? place) : place
}

interface ChosenItemProps {
  name: string
  /** Said where the name alone would leave open who is meant. */
  detail?: string
  onRemove: () => void
}

function ChosenItem({ name, detail = '', onRemove }: ChosenItemProps) {
  const { t } = useLingui()
  const whom = detail === '' ? name : `${name} · ${detail}`
  return (
    <li className={styles.chip}>
      <span className="ellipsis" title={name}>{name}</span>
      {detail !== '' && <span className={`${styles.apart} ellipsis`} title={detail}>· {detail}</span>}
      <Plain className={styles.remove} aria-label={t`Remove ${whom}`} onPress={onRemove}>
        <Icon icon={X} size={13} />
      </Plain>
    </li>
  )
}
