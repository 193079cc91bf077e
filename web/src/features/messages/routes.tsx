/** Routes of talking: the list, and beside it one conversation. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'

const page = createRoute({
  getParentRoute: () => shellRoute,
  path: 'messages',
  component: lazyRouteComponent(() => import('./MessagesPage'), 'MessagesPage'),
})

const nothing = createRoute({
  getParentRoute: () => page,
  path: '/',
  component: lazyRouteComponent(() => import('./NoConversation'), 'NoConversation'),
})

const conversation = createRoute({
  getParentRoute: () => page,
  path: '$conversation',
  /** `at` is the seq to jump to. */
  validateSearch: (search: Record<string, unknown>): { at?: number } => {
    const at = Number(search.at)
    return Number.isSafeInteger(at) && at > 0 ? { at } : {}
  },
  component: lazyRouteComponent(() => import('./conversation/ConversationPage'), 'ConversationPage'),
})

const direct = createRoute({
  getParentRoute: () => page,
  path: 'with/$member',
  component: lazyRouteComponent(() => import('./people/OpenDirect'), 'OpenDirect'),
})

export const messagesRoutes = [page.addChildren([nothing, conversation, direct])]
