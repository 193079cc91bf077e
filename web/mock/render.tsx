/** Shows a page as the router would, on the mock's answers. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { vi } from 'vitest'
import { newQueries, routeTree } from '../src/router'
import { clearToasts } from '../src/ui/toast'
import { answer, freshState, type MockState, type Handler } from './handlers'

export interface Asked {
  method: string
  url: string
  body: Record<string, unknown>
  headers: Headers
}

/** Answers `fetch` from the mock and remembers what was asked. */
export function serve(own: Record<string, Handler> = {}, change?: (state: MockState) => void) {
  const state = freshState()
  change?.(state)
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const body: Record<string, unknown> = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    const method = init.method ?? 'GET'
    asked.push({ method, url, body, headers: new Headers(init.headers) })
    const given = answer(state, method, url, body, own)
    return new Response(given.body === undefined ? null : JSON.stringify(given.body), { status: given.status, headers: given.headers ?? {} })
  })
  vi.stubGlobal('WebSocket', SilentSocket)
  return { state, asked }
}

class SilentSocket {
  onmessage = null
  onclose = null
  send() {}
  close() {}
}

export async function open(path: string) {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  clearToasts()
  const queries = newQueries()
  const router = createRouter({ routeTree, context: { queries }, history: createMemoryHistory({ initialEntries: [path] }), defaultPendingMs: 0 })
  const user = userEvent.setup({ delay: null })
  const { unmount } = render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>,
  )
  await router.load()
  return { user, router, unmount }
}

/** Types a day into its parts, in the order English has them: `01102026` is the first of October. */
export async function typeDay(user: ReturnType<typeof userEvent.setup>, field: HTMLElement, figures: string) {
  const [part] = within(field).getAllByRole('spinbutton')
  if (part) await user.click(part)
  await user.keyboard(figures)
}
