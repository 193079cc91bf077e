/** Starts the client. */
import './ui/tokens.css'
import './ui/brand.css'
import './ui/base.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadCatalogues } from './catalogues'
import { shortcuts as directoryShortcuts } from './features/directory/shortcuts'
import { MessagesFrame } from './features/messages/MessagesFrame'
import { parts as conversationParts } from './features/messages/found/parts'
import { shortcuts as messagesShortcuts } from './features/messages/shortcuts'
import { SearchFrame } from './features/search/SearchFrame'
import { shortcuts as searchShortcuts } from './features/search/shortcuts'
import { queries, router } from './router'
import { watchBack } from './shell/back'
import { provideFinding } from './shell/finding'
import { provideFrame } from './shell/frame'
import { wasSignedIn } from './shell/departure'
import { followKept, restoreKept } from './shell/kept'
import { provideConversationParts } from './shell/preview'
import { provideShortcuts } from './shell/shortcuts'
import { followWorker } from './shell/update'
import { activate, isLanguage, provideCatalogues } from './shell/language'

watchBack(router.history)
provideCatalogues(loadCatalogues)
provideFrame(MessagesFrame)
provideConversationParts(conversationParts)
provideFinding(SearchFrame)
provideShortcuts(...searchShortcuts, ...messagesShortcuts, ...directoryShortcuts)
const wanted = document.documentElement.lang
await Promise.all([wasSignedIn() ? restoreKept(queries) : undefined, activate(isLanguage(wanted) ? wanted : 'en')])
followKept(queries)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  )
}

// A newer build has taken away the parts of this one: begin again with it, but not twice in a row.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('reloaded'))
  if (Date.now() - last < 10_000) return
  sessionStorage.setItem('reloaded', String(Date.now()))
  location.reload()
})

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  followWorker(navigator.serviceWorker)
  void navigator.serviceWorker.register('/sw.js')
}
