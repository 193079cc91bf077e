/** The palette while it is open: the field, what it looks through, what was found, and a look at the line that is meant. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, ShieldCheck, X } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useIsPhone } from '~/lib/useMedia'
import { type Search, stopFinding } from '~/shell/finding'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { FilterPills } from '../FilterPills'
import { useSearchesMessages } from '../narrowing'
import { QueryField } from '../QueryField'
import { Keys } from './Keys'
import { Preview } from './Preview'
import { ResultList } from './ResultList'
import { Scopes } from './Scopes'
import { Troubles, Unread } from './Troubles'
import { usePalette } from './usePalette'
import styles from './Palette.module.css'

export function PaletteBody({ slug, start }: { slug: string; start: Search }) {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const searchesMessages = useSearchesMessages()
  const field = useRef<HTMLInputElement>(null)
  const palette = usePalette(slug, start)
  const { state, typed, combo, recent, isEmpty, active } = palette
  const words = state.reading.naming?.value ?? typed.words
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Delete' && active?.t === 'word' && state.draft.text === '') {
      event.preventDefault()
      recent.forget(active.word)
      return
    }
    if (state.reading.naming !== null) combo.completeByTab(event)
    combo.onKeyDown(event)
    // No line is meant: what was written last is done all the same.
    if (event.key === 'Enter' && !event.defaultPrevented && !event.nativeEvent.isComposing) state.finish()
  }
  return (
    <>
      <div className={styles.head}>
        {isPhone && <IconButton icon={ArrowLeft} size="touch" label={t`Close`} onPress={stopFinding} />}
        <QueryField {...combo.field} autoFocus input={field} draft={{ ...state, write: palette.write }} label={t`Search`} placeholder={searchesMessages ? t`A name, words, or a command` : t`A name, or a command`} isAsking={palette.found.isAsking} onComposing={palette.setComposing} onKeyDown={press} />
        {!isPhone && <IconButton icon={X} size="s" label={t`Close`} keys="Esc" onPress={stopFinding} />}
      </div>
      <div className={styles.scopes}>
        <Scopes value={typed.scope} onChange={palette.setScope} />
        <FilterPills draft={state} onWritten={() => field.current?.focus()} />
      </div>
      <div className={styles.body}>
        <div className={styles.results} tabIndex={0} role="region" aria-label={t`Results`}>
          <p className="hidden-visually" role="status">{palette.count !== null && palette.count > 0 && <Plural value={palette.count} one="# result" other="# results" />}</p>
          {state.reading.unread && <Unread token={state.reading.unread} />}
          <ResultList combo={combo} groups={palette.groups} words={words} people={palette.people} recent={isEmpty ? recent : null} />
          <Troubles question={typed} found={palette.found} reading={state.reading} hasNothing={palette.hasNothing} />
        </div>
        <Preview item={active} slug={slug} words={words} people={palette.people} onOpen={palette.choose} />
      </div>
      <footer className={styles.foot}>
        <Keys isWord={active?.t === 'word'} />
        <span className={styles.promise}>
          <Icon icon={ShieldCheck} size={14} />
          <Trans>Only what you may open is searched</Trans>
        </span>
      </footer>
    </>
  )
}
