/** What the words and ids of the data map are called, in the language of the reader. */
import { useLingui } from '@lingui/react/macro'
import type { ComposedMap } from '~/api/types'
import { useWords } from '~/shell/words'
import type { DiagramColumn } from './diagram'

export function useMapWords(map: ComposedMap) {
  const { t } = useLingui()
  const of = useWords()
  /** A word of a closed list: `category.identity`. */
  const word = (list: string, one: string): string => {
    const words = map.names[`${list}.${one}`]
    return words === undefined ? one : of(words)
  }
  const functionName = (id: string) => (map.functions[id] === undefined ? id : of(map.functions[id].name))
  const purposeName = (id: string) => (map.purposes[id] === undefined ? id : of(map.purposes[id].sentence))
  const recipientName = (id: string) => (map.recipients[id] === undefined ? id : of(map.recipients[id].name))
  const nodeName = (column: DiagramColumn, one: string): string => {
    if (column === 'function') return functionName(one)
    if (column === 'recipient') return one === '' ? t`Stays in the organisation` : recipientName(one)
    return word(column, one)
  }
  return { of, word, functionName, purposeName, recipientName, nodeName }
}
