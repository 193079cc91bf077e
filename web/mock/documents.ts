/** Two versions of two documents about data. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const listed = (kinds: t.PrivacyDocumentKind[]) => kinds.map((kind) => ({ kind, title: kind === 'statement' ? 'Privacy statement' : 'Cookies and browser storage' }))

const documents: t.PrivacyDocuments = {
  versions: [
    { version: '0.2', released_at: '2026-11-01', effective_at: '2026-11-01', is_material: true, documents: listed(['statement', 'cookies']) },
    { version: '0.1', released_at: '2026-10-01', effective_at: '2026-10-01', is_material: true, documents: listed(['statement']) },
  ],
}

const paragraph = (text: string, is_key = false): t.PrivacyBlock => ({ kind: 'paragraph', runs: [{ text, is_key }] })

const document = (kind: t.PrivacyDocumentKind, version: string, language: string): t.PrivacyDocument => ({
  kind,
  version,
  language,
  title: kind === 'statement' ? 'Privacy statement' : 'Cookies and browser storage',
  address: 'https://tulou.example',
  issued_at: '2026-10-01',
  released_at: '2026-11-01',
  effective_at: '2026-11-01',
  sections: [
    { id: 'responsible', heading: 'Who is responsible', blocks: [paragraph('Your organisation decides why and how.', true), paragraph('It runs this server or has it run.')] },
    { id: 'list', heading: 'Cookies', blocks: [{ kind: 'table', columns: ['Name', 'Kept for'], rows: [['session', '180 days'], ['theme', '365 days']] }] },
  ],
})

export const documentHandlers: Record<string, Handler> = {
  'GET /v1/privacy/documents': () => ({ status: 200, body: documents }),
  'GET /v1/privacy/documents/{kind}': ({ path, query }) => ({
    status: 200,
    body: document(path.kind === 'cookies' ? 'cookies' : 'statement', query.get('version') ?? '0.2', query.get('language') ?? 'en'),
  }),
}
