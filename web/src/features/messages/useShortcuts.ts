/** Keys of the messages module (DESIGN §7). Single letters never fire while a field has focus or an input method composes. */
import { useEffect } from 'react'
import { useMessages } from './context'
import { unread } from './engine/entry'
import { useMySettings } from './useMySettings'

/** Whether somebody is writing: single keys are text there. */
export function isInField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

interface Options {
  conversation: string | null
  onStart: () => void
}

export function useShortcuts({ conversation, onStart }: Options) {
  const { engine } = useMessages()
  const change = useMySettings(conversation ?? '')
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isMod = event.metaKey || event.ctrlKey
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && conversation !== null) {
        const isInside = event.target instanceof HTMLElement && event.target.closest('[data-conversation-view]') !== null
        if (isInside) document.querySelector<HTMLElement>(`[data-conversation="${conversation}"]`)?.focus()
        return
      }
      if (event.isComposing || event.defaultPrevented || !isMod || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'n' && !event.shiftKey) {
        event.preventDefault()
        onStart()
      }
      if (key !== 'u' || !event.shiftKey || conversation === null) return
      event.preventDefault()
      const entry = engine.store.getState().entries.get(conversation)
      if (entry && unread(entry) === 0) change({ is_marked_unread: !entry.conversation.my.is_marked_unread })
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [conversation, engine, change, onStart])
}
