/** Begins a conversation with the people somebody chose on another page, over that page. */
import { lazy, Suspense } from 'react'
import { beginWith, useCompany } from '~/shell/begin'

const NewConversation = lazy(() => import('./NewConversation').then((part) => ({ default: part.NewConversation })))

export function BeginWith() {
  const company = useCompany()
  if (company === null) return null
  return (
    <Suspense>
      <NewConversation isOpen company={company} onOpenChange={() => beginWith(null)} />
    </Suspense>
  )
}
