/** The privacy statement in a language; it belongs to the installation, not to one organisation. */
import { query } from '~/api/client'
import type { Language } from '~/api/types'

export const statement = (language: Language) => ({
  ...query('get', '/v1/statement', { query: { language } }),
  queryKey: ['statement', language],
  staleTime: 3_600_000,
})
