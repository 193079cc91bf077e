/** What a message is in one line: its words, or what it carries when it has none. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { plainText } from '../text/plain'
import { type FileRef, filesOf } from './types'

export type Summary = (body: { text: string } | null | undefined, limit?: number) => string

export function useSummary(): Summary {
  const { t } = useLingui()
  const named = (files: readonly FileRef[]): string => {
    const first = files[0]
    if (!first) return ''
    const count = files.length
    if (files.every((file) => file.kind === 'picture')) return t`[${plural(count, { one: 'Picture', other: '# pictures' })}]`
    if (count > 1) return t`[${plural(count, { one: '# file', other: '# files' })}] ${first.name}`
    if (first.kind === 'video') return t`[Video] ${first.name}`
    if (first.kind === 'audio') return t`[Audio] ${first.name}`
    return t`[File] ${first.name}`
  }
  return (body, limit) => {
    if (!body) return ''
    const words = plainText(body.text, limit)
    const carried = named(filesOf(body))
    return [carried, words].filter((part) => part !== '').join(' ')
  }
}
