/** What the engine's way to the API makes of refusals. */
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { serve } from '../../../mock/render'
import { chatApi } from './queries'

/** How the saving of a draft ends when the server answers so: saved, refused for good, or to be tried again. */
async function saving(status: number) {
  serve({ 'PUT /v1/conversations/{conversation}/draft': () => problem(status, `http.${status}`) })
  return chatApi('yunwu')
    .saveDraft('c1', { text: 'soon' }, 1500)
    .catch(() => 'again')
}

test('a draft is tried again only when nobody answered, the server is busy or it failed', async () => {
  const ends: Record<number, unknown> = {}
  for (const status of [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503]) ends[status] = await saving(status)
  expect(ends).toEqual({ 400: 'refused', 401: 'refused', 403: 'refused', 404: 'saved', 409: 'refused', 410: 'saved', 413: 'refused', 422: 'refused', 429: 'again', 500: 'again', 503: 'again' })
})
