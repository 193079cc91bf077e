/** The column of conversations: its title, what can be started, the filters and the list. */
import { plural } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { ListFilter, Plus, SquarePen } from 'lucide-react'
import { memo, type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { FindField } from '~/shell/FindWays'
import { Hint } from '~/shell/Hint'
import { isSingleKey } from '~/shell/shortcuts'
import { IconButton } from '~/ui/IconButton'
import { useSay } from '~/ui/say'
import { SearchField } from '~/ui/SearchField'
import { useIsPhone } from '~/lib/useMedia'
import { useChat, usePeople } from '../context'
import { UnsentElsewhere } from '../conversation/Unsent'
import type { Entry } from '../engine/entry'
import type { Listed } from '../useSteps'
import { ConversationList } from './ConversationList'
import { countsOf, type Filter, isListed, shownEntries } from './filter'
import styles from './ListPane.module.css'

interface Props {
  /** Filled with what is drawn. */
  list: RefObject<Listed | null>
  open: string | null
  onStart: () => void
  /** What is asked below the list, such as leave to show notifications. */
  footer?: ReactNode
}

/** With so many conversations it helps to put them in order. */
const ENOUGH = 5

const filters: readonly Filter[] = ['all', 'unread', 'mentions', 'groups']

/** Keeps the entries whose name holds the words. */
function useNamed(entries: readonly Entry[], query: string): readonly Entry[] {
  const peers = useMemo(() => entries.flatMap((entry) => entry.conversation.peer_id ?? []), [entries])
  const people = usePeople(peers)
  if (query.trim() === '') return entries
  const words = query.trim().toLocaleLowerCase()
  return entries.filter(({ conversation }) => {
    const name = conversation.name ?? people.get(conversation.peer_id ?? '')?.name ?? ''
    return name.toLocaleLowerCase().includes(words)
  })
}

export function ListPane({ list, open, onStart, footer }: Props) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const [filter, setFilter] = useState<Filter>('all')
  const [query, setQuery] = useState('')
  const [isSearching, setSearching] = useState(false)
  const pane = useRef<HTMLElement>(null)
  const entries = useChat((state) => state.entries)
  const counts = useMemo(() => countsOf(entries), [entries])
  // Only what would leave the list has to be held in it: the rest of the list is the same whichever is open.
  const held = open !== null && !isListed(entries.get(open), filter) ? open : null
  const shown = useNamed(useMemo(() => shownEntries(entries, filter, held), [entries, filter, held]), query)
  useSay(query.trim() === '' ? null : t`${plural(shown.length, { one: '# conversation', other: '# conversations' })}`)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isStep = isSingleKey(event, 'j') || isSingleKey(event, 'k')
      const rows = (which: string) => pane.current?.querySelector<HTMLElement>(`[data-conversation]${which}`)
      if (isStep && !rows(':focus')) {
        // From anywhere the first step leads into the list, to the conversation that is open.
        event.preventDefault()
        ;(rows('[aria-current]') ?? rows(''))?.focus()
      }
      if (!isSingleKey(event, '/')) return
      event.preventDefault()
      setSearching(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  const close = () => {
    setSearching(false)
    setQuery('')
  }
  const toggleSearch = useCallback(() => {
    setSearching((before) => !before)
    setQuery('')
  }, [])
  const showAll = useCallback(() => {
    setFilter('all')
    setSearching(false)
    setQuery('')
  }, [])
  /** The field goes away; the keyboard goes on in the list. */
  const leave = () => {
    close()
    requestAnimationFrame(() => pane.current?.querySelector<HTMLElement>('[data-conversation]')?.focus())
  }
  return (
    <section ref={pane} className={styles.pane} aria-label={t`Conversations`}>
      <Head isSearching={isSearching} onSearch={toggleSearch} onStart={onStart} />
      {isPhone && <div className={styles.search}><FindField on="page" /></div>}
      {isSearching && (
        <div className={styles.search}>
          <SearchField label={t`Filter by name`} value={query} onChange={setQuery} autoFocus onKeyDown={(event) => event.key === 'Escape' && query === '' && leave()} />
        </div>
      )}
      <Filters filter={filter} unread={counts.unread} mentions={counts.mentions} onChange={setFilter} />
      <UnsentElsewhere />
      <ConversationList
        ref={list}
        entries={shown}
        open={open}
        filter={filter}
        query={query}
        onStart={onStart}
        onShowAll={showAll}
      />
      {entries.size > ENOUGH && <Hint id="conversation_menu">{isPhone ? t`Hold a conversation to pin, mute or hide it.` : t`Right-click a conversation to pin, mute or hide it.`}</Hint>}
      {footer}
    </section>
  )
}

/** Head and filters stay as they are from one conversation to the next. */
const Head = memo(function Head({ isSearching, onSearch, onStart }: { isSearching: boolean; onSearch: () => void; onStart: () => void }) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{t`Messages`}</h1>
      {!isPhone && <IconButton icon={ListFilter} size="s" label={t`Filter by name`} keys="/" isOn={isSearching} onPress={onSearch} />}
      <IconButton icon={isPhone ? Plus : SquarePen} size={isPhone ? 'touch' : 's'} label={t`New conversation`} keys="N" onPress={onStart} />
    </header>
  )
})

interface FiltersProps {
  filter: Filter
  unread: number
  mentions: number
  onChange: (filter: Filter) => void
}

const Filters = memo(function Filters({ filter, unread, mentions, onChange }: FiltersProps) {
  const { t } = useLingui()
  return (
    <ToggleButtonGroup aria-label={t`Show`} className={styles.filters} selectionMode="single" disallowEmptySelection selectedKeys={[filter]} onSelectionChange={(keys) => onChange(filters.find((one) => keys.has(one)) ?? 'all')}>
      <ToggleButton id="all" className={styles.filter}>{t`All`}</ToggleButton>
      <ToggleButton id="unread" className={styles.filter}>{t`Unread`}<Count value={unread} /></ToggleButton>
      <ToggleButton id="mentions" className={styles.filter}>{t`@Me`}<Count value={mentions} /></ToggleButton>
      <ToggleButton id="groups" className={styles.filter}>{t`Groups`}</ToggleButton>
    </ToggleButtonGroup>
  )
})

function Count({ value }: { value: number }) {
  if (value === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{value > 99 ? '99+' : value}</span>
      <span className="hidden-visually"><Plural value={value} one="# waiting" other="# waiting" /></span>
    </span>
  )
}
