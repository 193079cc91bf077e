/** Sensitive acts: what waits for a second administrator or for its day. */
import { keyOf, pages, query } from '~/api/client'

export const openActs = () => query('get', '/v1/sensitive-acts', { query: { state: 'open', limit: 50 } })
export const acts = () => pages('/v1/sensitive-acts', { query: { limit: 50 } }, 'before')
export const actKeys = () => [keyOf('/v1/sensitive-acts')]
