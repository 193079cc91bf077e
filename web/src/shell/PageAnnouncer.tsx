/** Says where one has come to: a page that changes in place is silent to whoever does not see it. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { say } from '~/ui/say'

/** What waits is said by the rail, and would be said again at each step. */
const COUNT = /^\(\d+\+?\) /

export function PageAnnouncer() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        // The first page is read out as any page is when it was loaded.
        if (fromLocation !== undefined && pathChanged) say(document.title.replace(COUNT, ''))
      }),
    [router],
  )
  return null
}
