/** Everything that was found for a search. Its state is in the address, so that it can be gone back to and passed on. */
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { conversationParts } from '~/shell/preview'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { Found } from './Found'

const route = getRouteApi('/o/$slug/search')

export function SearchPage() {
  const slug = useSlug()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { Provider } = conversationParts()
  const asked = links.search(slug, search)
  // The addresses this page wrote itself and that have not come back yet: they are no other search.
  const [written] = useState(() => new Set<string>())
  const [visit, setVisit] = useState({ asked, number: 0 })
  if (asked !== visit.asked) setVisit({ asked, number: written.delete(asked) ? visit.number : visit.number + 1 })
  const write = (href: string) => {
    if (href === asked) return
    written.add(href)
    void navigate({ href, replace: true })
  }
  return (
    <Provider onJump={(conversation, seq) => void navigate({ href: links.conversation(slug, conversation, seq) })}>
      <Found key={visit.number} slug={slug} search={search} onWrite={write} />
    </Provider>
  )
}
