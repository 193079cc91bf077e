/** Filters are about messages, and so are two of the scopes: while an organisation does not search its messages there are none of them. */
import { useIsOn } from '~/shell/applications'
import { type Scope, SCOPES } from '~/shell/finding'

export const useSearchesMessages = () => useIsOn()('message_search')

export function useScopes(): readonly Scope[] {
  const searchesMessages = useSearchesMessages()
  return SCOPES.filter((scope) => searchesMessages || (scope !== 'messages' && scope !== 'files'))
}

/** What is looked through, when one asked for `wanted`. */
export const scopeAmong = (scopes: readonly Scope[], wanted: Scope): Scope => (scopes.includes(wanted) ? wanted : 'all')
