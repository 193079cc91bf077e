/** The field of the page. While a filter names somebody or something, those it can mean stand below it. */
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent, Ref } from 'react'
import { useMembersById } from '~/shell/members'
import { useCombo } from '~/ui/useCombo'
import { ResultList } from '../palette/ResultList'
import { QueryField } from '../QueryField'
import { filtersOf } from '../items'
import { useSearchesMessages } from '../narrowing'
import { remember } from '../queries'
import type { DraftState } from '../query/useDraft'
import { useNaming } from '../useNaming'
import styles from './SearchPage.module.css'

interface Props {
  draft: DraftState
  input: Ref<HTMLInputElement>
  onComposing: (isComposing: boolean) => void
}

export function PageField({ draft, input, onComposing }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const groups = useNaming(draft.reading.naming, draft.now)
  const items = groups.flatMap((group) => group.items)
  const searchesMessages = useSearchesMessages()
  const nobody = useMembersById([])
  const combo = useCombo({
    keys: items.map((item) => item.key),
    hasFirst: true,
    onChoose: (key) => {
      const item = items.find((one) => one.key === key)
      const filters = item ? filtersOf(item) : null
      if (filters !== null) draft.choose(filters)
      combo.reset()
    },
  })
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (draft.reading.naming !== null) combo.completeByTab(event)
    combo.onKeyDown(event)
    if (event.defaultPrevented || event.key !== 'Enter' || event.nativeEvent.isComposing) return
    void remember(queries, draft.finish().text)
  }
  return (
    <div className={styles.field}>
      <QueryField {...combo.field} draft={draft} input={input} label={t`Search`} placeholder={searchesMessages ? t`Words, names, or filters like from:` : t`A name`} isAsking={false} onComposing={onComposing} onKeyDown={press} autoFocus={draft.draft.text === ''} />
      <div className={styles.names} hidden={items.length === 0}>
        <ResultList combo={combo} groups={groups} words={draft.reading.naming?.value ?? ''} people={nobody} recent={null} />
      </div>
    </div>
  )
}
