/** What stands behind every page while an organisation is open: the palette, ready to open, and the files it opens. */
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useFinding } from '~/shell/finding'
import { links } from '~/shell/links'
import { conversationParts } from '~/shell/preview'
import { useSlug } from '~/shell/routes'
import { useFollowFound } from './useFollowFound'

const load = () => import('./palette/Palette')
const Palette = lazy(() => load().then((part) => ({ default: part.Palette })))

/** Fetched when the page has come to rest, so that the first Mod K opens at once. */
const REST_MS = 1_000

export function SearchFrame() {
  const slug = useSlug()
  const navigate = useNavigate()
  const { Provider } = conversationParts()
  const isOpen = useFinding((finding) => finding.start !== null)
  useFollowFound()
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), REST_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Provider onJump={(conversation, seq) => void navigate({ href: links.conversation(slug, conversation, seq) })}>
      {isOpen && (
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      )}
    </Provider>
  )
}
