/** What happens when something that was found is chosen. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useConversations } from '~/shell/preview'
import { hrefOf, type Item } from './items'
import { remember } from './queries'

/** Opens an item, in a window of its own when asked, and remembers the words that led there. Answers whether it was a place. */
export function useOpen(slug: string) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { openFile } = useConversations()
  return (item: Item, words: string, isAside = false): void => {
    if (item.t !== 'function') void remember(queries, words)
    if (item.t === 'file') return openFile(item.file)
    if (item.t === 'function' && item.it.act) return item.it.act()
    const href = hrefOf(item, slug)
    if (href === null) return undefined
    if (isAside) window.open(href, '_blank', 'noopener')
    else void navigate({ href })
    return undefined
  }
}
