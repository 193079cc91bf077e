/** The documents about data: they belong to the installation, not to one organisation. */
import { query } from '~/api/client'
import type { Language, PrivacyDocumentKind } from '~/api/types'

const HOUR_MS = 3_600_000

export const documents = (language: Language) => ({
  ...query('get', '/v1/privacy/documents', { query: { language } }),
  queryKey: ['privacy-documents', language],
  staleTime: HOUR_MS,
})

/** The version in force when none is named. */
export const document = (kind: PrivacyDocumentKind, language: Language, version?: string) => ({
  ...query('get', '/v1/privacy/documents/{kind}', { path: { kind }, query: { language, version } }),
  queryKey: ['privacy-document', kind, language, version ?? ''],
  staleTime: HOUR_MS,
})

const KINDS: readonly PrivacyDocumentKind[] = ['statement', 'summary', 'changes', 'collection', 'permissions', 'sharing', 'components', 'cookies']

/** Whether an address names a document. */
export const isDocumentKind = (text: string): text is PrivacyDocumentKind => KINDS.some((kind) => kind === text)
