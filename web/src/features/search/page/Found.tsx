/** The page of a search: the field with its filters, what it looks through, and the results below. */
import { useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useIsPhone } from '~/lib/useMedia'
import type { Scope, Search } from '~/shell/finding'
import { links } from '~/shell/links'
import { PageTitle } from '~/shell/PageTitle'
import { IconButton } from '~/ui/IconButton'
import { FilterPills } from '../FilterPills'
import { scopeAmong, useScopes } from '../narrowing'
import { Scopes } from '../palette/Scopes'
import { Unread } from '../palette/Troubles'
import { hasFilters, useDraft } from '../query/useDraft'
import { useSettled } from '../query/useSettled'
import type { Question } from '../useGroups'
import { Everything } from './Everything'
import { PageField } from './PageField'
import { Results } from './Results'
import { Start } from './Start'
import styles from './SearchPage.module.css'

interface Props {
  slug: string
  search: Search
  onWrite: (href: string) => void
}

export function Found({ slug, search, onWrite }: Props) {
  const { t } = useLingui()
  const router = useRouter()
  const isPhone = useIsPhone()
  const field = useRef<HTMLInputElement>(null)
  const { q = '', scope: startScope = 'all', ...filters } = search
  const state = useDraft({ text: q, filters })
  const [wanted, setScope] = useState<Scope>(startScope)
  const scope = scopeAmong(useScopes(), wanted)
  const [isComposing, setComposing] = useState(false)
  const typed = JSON.stringify({ words: state.words, filters: state.draft.filters, scope })
  const settled = useSettled(typed, isComposing)
  const question: Question & { scope: Scope } = useMemo(() => JSON.parse(settled), [settled])
  const { words } = question
  const address = links.search(slug, { q: words, scope: question.scope, ...question.filters })
  useEffect(() => onWrite(address), [address, onWrite])
  // Files can be looked through without a word: the newest are the first.
  const isEmpty = words === '' && !hasFilters(question.filters) && question.scope !== 'files'
  return (
    <div className={styles.page}>
      <PageTitle>{words === '' ? t`Search` : t`Search: ${words}`}</PageTitle>
      <header className={styles.head}>
        <h1 className="hidden-visually">{t`Search`}</h1>
        <div className={styles.line}>
          {isPhone && <IconButton icon={ArrowLeft} size="touch" label={t`Back`} onPress={() => router.history.back()} />}
          <PageField draft={state} input={field} onComposing={setComposing} />
        </div>
        <div className={styles.filters}>
          <Scopes value={scope} onChange={setScope} />
          <FilterPills draft={state} onWritten={() => field.current?.focus()} />
        </div>
      </header>
      {state.reading.unread && <div className={styles.unread}><Unread token={state.reading.unread} /></div>}
      {isEmpty ? (
        <Start onChoose={(text) => state.write(text)} />
      ) : question.scope === 'all' ? (
        <Everything slug={slug} question={question} reading={state.reading} isSettled={settled === typed} onScope={setScope} />
      ) : (
        <Results key={question.scope} slug={slug} question={question} scope={question.scope} address={address} />
      )}
    </div>
  )
}
