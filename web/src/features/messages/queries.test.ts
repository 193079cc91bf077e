/** What the engine's way to the API makes of refusals. */
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { serve } from '../../../mock/render'
import { chatApi } from './queries'

/** How the saving of a draft ends when the server answers so: saved, refused for good, or to be tried again. */
async function saving(status: number) {
  serve({ 'PUT /v1/conversations/{conversation}/draft': () => problem(status, `http.${status}`) })
  return chatApi('yunwu')
    .saveDraft('c1', { text: 'soon' })
    .catch(() => 'again')
}

test('a draft is tried again only when nobody answered, the server is busy or it failed', async () => {
  const ends: Record<number, unknown> = {}
  for (const status of [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503]) ends[status] = await saving(status)
  expect(ends).toEqual({ 400: false, 401: false, 403: false, 404: true, 409: false, 410: true, 413: false, 422: false, 429: 'again', 500: 'again', 503: 'again' })
})
