/** The people of a department or of a search: their head, the way they are drawn, and what can be done with some of them. */
import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ArrowDownAZ, LayoutGrid, List, ListChecks, UsersRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Department } from '~/api/types'
import { listOf } from '~/lib/lists'
import { useIsPhone } from '~/lib/useMedia'
import { beginWith } from '~/shell/begin'
import { Hint } from '~/shell/Hint'
import { useEndHint } from '~/shell/hints'
import { setPeopleLook, usePeopleLook } from '~/shell/layout'
import { links } from '~/shell/links'
import { departmentsAbove, departmentsCalled, useMembersById } from '~/shell/members'
import type { PeopleFilter } from '~/shell/people'
import { isSingleKey } from '~/shell/shortcuts'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useFound } from '~/shell/useFound'
import { IconButton } from '~/ui/IconButton'
import { Link } from '~/ui/Link'
import { Segmented } from '~/ui/Segmented'
import { EmptyState } from '~/ui/State'
import { ChosenBar } from './ChosenBar'
import styles from './PeoplePage.module.css'
import { PeopleView } from './PeopleView'
import { useChosen } from './useChosen'

interface Props {
  title: string
  filter: PeopleFilter
  departments: readonly Department[]
  current: string | undefined
  /** A department that was found is opened: also the one that was open before the search. */
  onPlace: (department: string) => void
}

export function PeopleList({ title, filter, departments, current, onPlace }: Props) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const look = usePeopleLook()
  const found = useFound(filter)
  const chosen = useChosen(found.rows)
  const [isChoosing, setChoosing] = useState(false)
  const [hasLetters, setHasLetters] = useState(false)
  const { query } = filter
  const canJump = found.letters.length > 1
  const places = usePlaces(query, departments)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!canJump || !isSingleKey(event, 'g')) return
      event.preventDefault()
      setHasLetters((before) => !before)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [canJump])
  const department = departments.find((one) => one.id === filter.department)
  const isBarShown = isPhone ? isChoosing : chosen.people.size > 0
  const done = () => {
    chosen.clear()
    setChoosing(false)
  }
  const endHint = useEndHint()
  const choose = () => {
    // A phone has room for the letters or for the people.
    setHasLetters(false)
    setChoosing(true)
  }
  const Title = isPhone ? 'h2' : 'h1'
  return (
    <>
      <header className={styles.head}>
        <Title className="ellipsis">{title}</Title>
        {found.state.data !== undefined && (
          <span className={`${styles.line} grow ellipsis`} role="status">
            {found.total === 0 && places.length > 0 ? <Plural value={places.length} one="# department" other="# departments" /> : <Plural value={found.total} one="# person" other="# people" />}
            {department && <LedBy department={department} />}
          </span>
        )}
        {department && department.member_count > 0 && (
          <IconButton icon={UsersRound} label={t`Group with this department`} onPress={() => beginWith({ members: [], departments: [department], groups: [] })} />
        )}
        {canJump && <IconButton icon={ArrowDownAZ} size={isPhone ? 'touch' : 'm'} label={t`Go to a letter`} keys={isPhone ? undefined : 'G'} isOn={hasLetters} onPress={() => setHasLetters(!hasLetters)} />}
        {isPhone && <IconButton icon={ListChecks} size="touch" label={t`Choose people`} isOn={isChoosing} onPress={() => (isChoosing ? done() : choose())} />}
        {!isPhone && (
          <Segmented
            label={t`Show people as`}
            value={look}
            onChange={setPeopleLook}
            views={[
              { id: 'list', label: t({ message: 'List', context: 'how people are shown' }), icon: List },
              { id: 'cards', label: t({ message: 'Cards', context: 'how people are shown' }), icon: LayoutGrid },
            ]}
          />
        )}
      </header>
      {!isPhone && found.total > 1 && <Hint id="choose_people"><Trans>Choose people with their boxes, or with X, to start a chat or a group with them. Shift chooses a whole run.</Trans></Hint>}
      {places.length > 0 && <Places of={places} all={departments} onOpen={onPlace} />}
      <QueryState of={found.state}>
        {() =>
          found.rows.length === 0 ? (
            query === undefined ? (
              <EmptyState title={t`Nobody here yet`}><Trans>People appear here when an administrator puts them into this department.</Trans></EmptyState>
            ) : places.length > 0 ? null : (
              <EmptyState kind="none" title={t`Nobody matches “${query}”`}><Trans>Try the pinyin, the initials, the staff number or the phone number.</Trans></EmptyState>
            )
          ) : (
            <PeopleView
              key={`${filter.department ?? ''} ${query ?? ''}`}
              found={found}
              look={isPhone ? 'list' : look}
              chosen={{
                ...chosen,
                toggle: (place, isRun) => {
                  endHint('choose_people')
                  chosen.toggle(place, isRun)
                },
              }}
              isChoosing={isPhone && isChoosing}
              hasLetters={hasLetters}
              onLettersClose={() => setHasLetters(false)}
              departments={departments}
              department={filter.department}
              current={current}
              onClear={done}
            />
          )
        }
      </QueryState>
      {isBarShown && <ChosenBar chosen={chosen} filter={filter} total={found.total} onDone={done} />}
    </>
  )
}

function LedBy({ department }: { department: Department }) {
  const { i18n } = useLingui()
  const leaders = useMembersById(department.leader_ids)
  const names = department.leader_ids.flatMap((id) => leaders.get(id)?.name ?? [])
  if (names.length === 0) return null
  return <> · <Trans>led by {listOf(i18n.locale, names)}</Trans></>
}

const MOST_PLACES = 6

/** Departments that are called so; the server knows them by their sound and in other writing too. */
function usePlaces(query: string | undefined, departments: readonly Department[]): readonly Department[] {
  const found = useQuery({ ...departmentsCalled(query ?? ''), enabled: query !== undefined }).data?.items ?? []
  if (query === undefined) return []
  const wanted = query.toLocaleLowerCase()
  const held = departments.filter((one) => one.name.toLocaleLowerCase().includes(wanted))
  const ids = new Set(held.map((one) => one.id))
  return [...held, ...found.filter((one) => !ids.has(one.id))]
}

function Places({ of, all, onOpen }: { of: readonly Department[]; all: readonly Department[]; onOpen: (department: string) => void }) {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const hiddenPlaces = Math.max(0, of.length - MOST_PLACES)
  return (
    <nav className={styles.places} aria-label={t`Departments called so`}>
      {of.slice(0, MOST_PLACES).map((one) => {
        const above = departmentsAbove(all, one.id)
        return (
          <Link key={one.id} href={links.department(slug, one.id)} onPress={() => onOpen(one.id)}>
            {one.name} · {i18n.number(one.member_count)}
            {above !== '' && <small className={styles.above}>{above}</small>}
          </Link>
        )
      })}
      {hiddenPlaces > 0 && <span className={styles.line}>{plural(hiddenPlaces, { one: '# more department: type to find it', other: '# more departments: type to find them' })}</span>}
    </nav>
  )
}
