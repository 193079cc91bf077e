/** Keys of the messages module (DESIGN §7), listed for people in `shortcuts.ts`. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useIsOn } from '~/shell/applications'
import { find } from '~/shell/finding'
import { links } from '~/shell/links'
import { isSingleKey } from '~/shell/shortcuts'
import { useMessages } from './context'
import { unread } from './engine/entry'
import { useMyActs } from './useMySettings'

interface Options {
  conversation: string | null
  onStart: () => void
}

export function useShortcuts({ conversation, onStart }: Options) {
  const { engine, slug } = useMessages()
  const navigate = useNavigate()
  const searchesMessages = useIsOn()('message_search')
  const { read } = useMyActs(conversation ?? '')
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isMod = event.metaKey || event.ctrlKey
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && conversation !== null) {
        const isInside = event.target instanceof HTMLElement && event.target.closest('[data-conversation-view]') !== null
        const row = document.querySelector<HTMLElement>(`[data-conversation="${conversation}"]`)
        if (isInside && row === null) void navigate({ href: links.messages(slug) })
        else if (isInside) row?.focus()
        return
      }
      // Not with Ctrl: browsers keep that for a window of their own.
      if (isSingleKey(event, 'n')) {
        event.preventDefault()
        onStart()
        return
      }
      if (event.isComposing || event.defaultPrevented || !isMod || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'f' && event.shiftKey && conversation !== null && searchesMessages) {
        event.preventDefault()
        find({ in: conversation, scope: 'messages' })
      }
      if (key !== 'u' || !event.shiftKey || conversation === null) return
      event.preventDefault()
      const entry = engine.store.getState().entries.get(conversation)
      if (entry && unread(entry) === 0) read()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [conversation, engine, slug, navigate, read, onStart, searchesMessages])
}
