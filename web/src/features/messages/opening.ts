/**
 * From one conversation to the next. The router takes as long to follow a link as the conversation takes to be drawn, so what
 * was chosen is drawn first and the address follows.
 */
import { useParams, useRouter } from '@tanstack/react-router'
import { type MouseEvent, useCallback, useEffect } from 'react'
import { create } from 'zustand'
import { links } from '~/shell/links'
import { afterPaint } from '~/ui/useDrawn'
import { useMessages } from './context'

interface Opening {
  /** Some conversation is on the screen: only then another can take its place before the address does. */
  isShowing: boolean
  chosen: string | null
}

const useOpening = create<Opening>(() => ({ isShowing: false, chosen: null }))

/** The conversation that is open: the chosen one, or that of the address. */
export function useOpenConversation(): string | undefined {
  const { conversation } = useParams({ strict: false })
  const chosen = useOpening((opening) => opening.chosen)
  return chosen ?? conversation
}

/** While its caller stands, one conversation may be drawn in the place of another. */
export function useShowsConversations() {
  useEffect(() => {
    useOpening.setState({ isShowing: true })
    return () => useOpening.setState({ isShowing: false, chosen: null })
  }, [])
}

/** Opens a conversation. */
export function useGo(): (id: string) => void {
  const router = useRouter()
  const { slug } = useMessages()
  return useCallback(
    (id) => {
      if (!useOpening.getState().isShowing) return void router.navigate({ href: links.conversation(slug, id) })
      useOpening.setState({ chosen: id })
      const left = router.latestLocation.href
      const end = () => useOpening.setState((opening) => (opening.chosen === id ? { chosen: null } : opening))
      afterPaint(() => {
        if (useOpening.getState().chosen !== id) return
        // Somebody went elsewhere meanwhile.
        if (router.latestLocation.href !== left) return end()
        router.navigate({ href: links.conversation(slug, id) }).then(end, end)
      })
    },
    [router, slug],
  )
}

/** Takes a plain click on the link of a conversation; others, and those with keys held down, are the browser's and the router's. */
export function useChoose(): (id: string, click: MouseEvent) => void {
  const go = useGo()
  return useCallback(
    (id, click) => {
      const isPlain = click.button === 0 && !(click.metaKey || click.ctrlKey || click.altKey || click.shiftKey)
      if (!isPlain || !useOpening.getState().isShowing) return
      click.preventDefault()
      go(id)
    },
    [go],
  )
}
