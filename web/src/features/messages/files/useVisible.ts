/** Whether something is on the screen or about to be; once it was, it stays so. */
import { type RefObject, useEffect, useRef, useState } from 'react'

export function useVisible<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [isVisible, setVisible] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    const element = ref.current
    if (isVisible || !element) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setVisible(true), { rootMargin: '300px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [isVisible])
  return [ref, isVisible]
}
