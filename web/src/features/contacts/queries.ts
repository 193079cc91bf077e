/** What the contacts read. */
import { keepPreviousData } from '@tanstack/react-query'
import { call, pages, query, setOrganisation } from '~/api/client'
import { hasStatus } from '~/api/error'
import { transfer } from '~/api/transfer'
import type { ContactImport, ContactKind, Member } from '~/api/types'

const PAGE = 100
const HOUR_MS = 3_600_000

export interface ContactFilter {
  query?: string | undefined
  kind?: ContactKind | undefined
}

/** While somebody types, what was found before stays until the next answer. */
export const contacts = (filter: ContactFilter) => ({ ...pages('/v1/contacts', { query: { ...filter, limit: PAGE } }, 'after'), placeholderData: keepPreviousData })
export const contact = (id: string) => query('get', '/v1/contacts/{contact}', { path: { contact: id } })
/** A new link every hour: one that was photographed does not last. */
export const contactCode = () => ({ ...query('get', '/v1/contact-code', {}), staleTime: 0, refetchInterval: HOUR_MS })

/** Whom a code leads to, asked in each organisation one belongs to, the likeliest first; null when it leads nowhere. */
export const codeOwner = (code: string, slugs: readonly string[]) => ({
  queryKey: ['contact-code', code, ...slugs],
  retry: false,
  queryFn: async (): Promise<{ slug: string; member: Member } | null> => {
    for (const slug of slugs) {
      try {
        const member = await call('get', '/v1/contact-codes/{code}', { path: { code } }, { organisation: slug })
        setOrganisation(slug)
        return { slug, member }
      } catch (error) {
        if (!hasStatus(error, 404)) throw error
      }
    }
    return null
  },
})

/** Tries a file of vCards, or writes it. */
export async function importFile(file: Blob, kind: ContactKind, write: boolean): Promise<ContactImport> {
  return call('post', '/v1/contacts/import', { query: { kind, write }, body: new Blob([file], { type: 'text/vcard' }) })
}

/** All contacts one sees, as a file of vCards. */
export async function exportFile(): Promise<Blob> {
  const response = await transfer('/v1/contacts/export', { json: {} })
  return response.blob()
}
