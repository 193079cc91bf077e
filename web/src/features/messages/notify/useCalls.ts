/** Short words inside the window that somebody called: each ends when the conversation it is about is opened. */
import { useCallback, useEffect, useRef } from 'react'
import { toast } from '~/ui/toast'

/** `open` is the conversation one looks at. */
export function useCalls(open: string | null) {
  const shown = useRef(new Map<string, (() => void)[]>())
  useEffect(() => {
    if (open === null) return
    for (const close of shown.current.get(open) ?? []) close()
    shown.current.delete(open)
  }, [open])
  return useCallback((conversation: string, text: string) => {
    const close = toast(text, { tone: 'call' })
    shown.current.set(conversation, [...(shown.current.get(conversation) ?? []), close])
  }, [])
}
