/** What administration reads. */
import { keyOf, pages, query } from '~/api/client'
import type { MemberState } from '~/api/types'

export const people = (filter: { query?: string | undefined; state?: MemberState | undefined }) => pages('/v1/members', { query: { ...filter, limit: 50 } }, 'after')
export const peopleKeys = () => [keyOf('/v1/members'), keyOf('/v1/members/{member}'), keyOf('/v1/departments')]

export const filePolicy = () => query('get', '/v1/file-policy', {})
export const invitations = () => query('get', '/v1/invitations', {})
export const audit = () => pages('/v1/audit', { query: { limit: 50 } }, 'before')
export const jobs = () => pages('/v1/jobs', { query: { limit: 50 } }, 'before')
export const health = () => ({ ...query('get', '/v1/health', {}), staleTime: 0, refetchInterval: 30_000 })
