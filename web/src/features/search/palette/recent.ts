/** The last searches of this person: shown while nothing is looked for, each to be forgotten, or all of them (SRCH-03). */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useProblemText } from '~/api/problems'
import type { SearchWord } from '~/api/types'
import { toast } from '~/ui/toast'
import type { Group, Item } from '../items'
import { chooseWords, forgetWord, forgetWords, recentWords, rememberAll } from '../queries'

export function useRecent(isShown: boolean) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const known = useQuery({ ...recentWords(), enabled: isShown })
  const words = isShown ? (known.data?.items ?? []) : []
  const items = words.map((word): Item => ({ t: 'word', key: `word ${word.id}`, word }))
  const groups: Group[] = items.length === 0 ? [] : [{ id: 'recent', title: t`Recent searches · at most 20, for you alone`, items, isLocal: true }]
  const restore = async (gone: readonly SearchWord[], wasKept: boolean) => {
    try {
      if (wasKept) await chooseWords(queries, true)
      await rememberAll(queries, gone.map((word) => word.text).toReversed())
    } catch (error) {
      toast(textOf(error), { tone: 'bad' })
    }
  }
  const act = async (work: () => Promise<void>, said: string, gone: readonly SearchWord[], wasKept = false) => {
    try {
      await work()
      toast(said, { undo: () => void restore(gone, wasKept) })
    } catch (error) {
      toast(textOf(error), { tone: 'bad' })
    }
  }
  return {
    words,
    groups,
    /** Whether searches are kept at all. */
    isKept: known.data?.is_kept ?? null,
    forget: (word: SearchWord) => {
      const said = word.text
      void act(() => forgetWord(queries, word.id), t`“${said}” is forgotten`, [word])
    },
    keep: (isKept: boolean) => void (isKept ? chooseWords(queries, true).catch((error: unknown) => toast(textOf(error), { tone: 'bad' })) : act(() => chooseWords(queries, false), t`Your searches are not kept any more`, words, true)),
    clear: () => void act(() => forgetWords(queries), t`${plural(words.length, { one: '# search is forgotten', other: '# searches are forgotten' })}`, words),
  }
}

export type Recent = ReturnType<typeof useRecent>
