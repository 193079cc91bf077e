/** Routes of talking. */
import { createRoute } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'

const route = createRoute({ getParentRoute: () => shellRoute, path: 'messages', component: () => null })

export const messagesRoutes = [route]
