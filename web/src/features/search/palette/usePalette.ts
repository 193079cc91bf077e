/** What the palette shows and does: the question as it is written, its answers, and what choosing one of them means. */
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Scope, type Search, stopFinding } from '~/shell/finding'
import { links } from '~/shell/links'
import { useMembersById } from '~/shell/members'
import { useCombo } from '~/ui/useCombo'
import { authorOf, filtersOf, type Group, type Item } from '../items'
import { scopeAmong, useScopes } from '../narrowing'
import { namesAnother } from '../query/operators'
import { hasFilters, useDraft } from '../query/useDraft'
import { useSettled } from '../query/useSettled'
import { type Question, useGroups } from '../useGroups'
import { useNaming } from '../useNaming'
import { useOpen } from '../useOpen'
import { useRecent } from './recent'
import { sigilOf } from './sigil'

export function usePalette(slug: string, start: Search) {
  const navigate = useNavigate()
  const open = useOpen(slug)
  const { q = '', scope: startScope = 'all', ...startFilters } = start
  const state = useDraft({ text: q, filters: startFilters })
  const [wanted, setScope] = useState<Scope>(startScope)
  const scope = scopeAmong(useScopes(), wanted)
  const [isComposing, setComposing] = useState(false)
  const { draft } = state
  const { naming } = state.reading
  const sigil = sigilOf(state.words)
  const typed: Question = { words: sigil.words, filters: draft.filters, scope: sigil.scope ?? scope }
  const asked = JSON.stringify([typed, naming])
  const settled = useSettled(asked, isComposing)
  const [question, settledNaming]: [Question, typeof naming] = useMemo(() => JSON.parse(settled), [settled])
  const found = useGroups(slug, typed, question, settled === asked)
  const names = useNaming(naming && (namesAnother(naming) ? settledNaming : naming), state.now)
  const isEmpty = typed.words === '' && !hasFilters(draft.filters) && typed.scope === 'all' && naming === null
  const recent = useRecent(isEmpty)
  const onPage = typed.scope === 'functions' ? 'all' : typed.scope
  const all: Group = { id: 'all', title: '', items: [{ t: 'all', key: 'all', scope: onPage }], isLocal: true }
  const isAnswered = !found.isStale && !found.isAsking
  const hasAll = typed.scope !== 'functions' && !(isAnswered && found.groups.length === 0)
  const groups = naming !== null ? names : isEmpty ? [...recent.groups, ...found.groups] : hasAll ? [...found.groups, all] : found.groups
  const items = groups.flatMap((group) => group.items)

  const showAll = () => {
    const said = state.finish()
    stopFinding()
    void navigate({ href: links.search(slug, { q: sigilOf(said.text).words, scope: onPage, ...said.filters }) })
  }
  const choose = (item: Item, isAside: boolean) => {
    const filters = filtersOf(item)
    if (filters !== null) state.choose(filters)
    else if (item.t === 'word') state.write(item.word.text)
    else if (item.t === 'all') return showAll()
    else {
      if (!isAside) stopFinding()
      return open(item, draft.text, isAside)
    }
    return combo.reset()
  }
  /** Nobody pointed at this line, and it answers an earlier question: everything that is found is shown instead. */
  const isTooEarly = (item: Item) => found.isStale && !combo.hasMoved && !groups.some((group) => group.isLocal && group.items.includes(item))
  const combo = useCombo({
    keys: items.map((item) => item.key),
    hasFirst: !isEmpty,
    onChoose: (key, { isAside, isPointed }) => {
      const item = items.find((one) => one.key === key)
      if (item && !isPointed && isTooEarly(item)) showAll()
      else if (item) choose(item, isAside)
    },
  })
  return {
    state,
    typed,
    groups,
    found,
    recent,
    isEmpty,
    combo,
    choose,
    setScope,
    setComposing,
    active: items.find((item) => item.key === combo.active),
    /** How many lines there are once the answer to what is written is there. */
    count: isEmpty || naming !== null || !isAnswered ? null : items.filter((item) => item.t !== 'all').length,
    hasNothing: items.every((item) => item.t === 'all'),
    people: useMembersById(items.map(authorOf)),
    write: (text: string) => {
      state.write(text)
      combo.reset()
    },
  }
}
