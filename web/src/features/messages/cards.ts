/** Names and faces of people lead to their cards. They are plain links, and one place follows all of them: a message has no handler for it. */
import { useRouter } from '@tanstack/react-router'
import { type MouseEvent, useCallback } from 'react'
import { links } from '~/shell/links'

/** What makes a link of an `a`. */
export const cardOf = (slug: string, member: string) => ({ href: links.person(slug, member), 'data-card': true })

/** Follows what was clicked inside, if it leads to a card. With a key held down it is the browser's. */
export function useCards(): (click: MouseEvent) => void {
  const router = useRouter()
  return useCallback(
    (click) => {
      const link = click.target instanceof Element ? click.target.closest('a[data-card]') : null
      const href = link?.getAttribute('href')
      if (!href || click.defaultPrevented || click.metaKey || click.ctrlKey || click.altKey || click.shiftKey) return
      click.preventDefault()
      void router.navigate({ href })
    },
    [router],
  )
}
