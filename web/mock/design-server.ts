/** `npm run design`: the client on the invented company, to look at pages without a server. */
import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'vite'
import { answer, freshState } from './handlers.ts'

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const part of request) text += String(part)
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

export function designServer(): Plugin {
  return {
    name: 'tulou-design-server',
    apply: 'serve',
    configureServer(server) {
      const state = freshState()
      server.middlewares.use((request, response, next) => {
        const url = request.url ?? '/'
        if (!url.startsWith('/v1/') || url.startsWith('/v1/socket')) return next()
        void readBody(request).then((body) => {
          if (request.headers['x-mock-nobody'] === '1') state.session = null
          const given = answer(state, request.method ?? 'GET', url, body)
          response.statusCode = given.status
          response.setHeader('content-type', given.status >= 400 ? 'application/problem+json' : 'application/json')
          response.end(given.body === undefined ? '' : JSON.stringify(given.body))
        })
      })
    },
  }
}
