/** Calls the API. Every path, parameter and answer is typed by the schema; refusals are thrown as `ApiError`. */
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient, type QueryKey, type UseMutationOptions } from '@tanstack/react-query'
import { ApiError, readProblem } from './error'
import type { paths } from './schema'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends { [method in M]: { responses: object } } ? P : never }[keyof paths]
type Operation<M extends Method, P extends keyof paths> = M extends keyof paths[P] ? paths[P][M] : never

type Json<R> = R extends { content: { 'application/json': infer A } } ? A : undefined
export type AnswerOf<M extends Method, P extends PathWith<M>> = Operation<M, P> extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 204)]> : never

type PathOf<O> = O extends { parameters: { path: infer A extends object } } ? { path: A } : { path?: undefined }
type Queries<O> = O extends { parameters: { query?: infer Q } } ? Extract<Q, object> : never
type QueryOf<O> = [Queries<O>] extends [never] ? { query?: undefined } : { query?: Queries<O> }
type BodyOf<O> = O extends { requestBody?: { content: infer C } }
  ? C extends { 'application/json': infer B }
    ? { body: B }
    : [C] extends [never]
      ? { body?: undefined }
      : unknown extends C
        ? { body?: undefined }
        : { body: Blob }
  : { body?: undefined }
export type ParametersOf<M extends Method, P extends PathWith<M>> = PathOf<Operation<M, P>> & QueryOf<Operation<M, P>> & BodyOf<Operation<M, P>>

interface Loose {
  path?: object | undefined
  query?: object | undefined
  body?: unknown
}

interface CallOptions {
  signal?: AbortSignal
  /** For another organisation than the open one, or for none. */
  organisation?: string | null
  /** The `ETag` of what is changed, as it was seen: refused when it is another by now. */
  seen?: string
}

type NamesIn<H> = H extends object ? keyof H : never
type HeadersOf<O> = O extends { parameters: { header?: infer H } } ? NamesIn<H> : never
/** Whoever changes what several may change (it takes `If-Match`) says what they saw: nobody's change is lost in silence. */
type OptionsOf<M extends Method, P extends PathWith<M>> = 'If-Match' extends HeadersOf<Operation<M, P>> ? [options: CallOptions & { seen: string }] : [options?: CallOptions]
type UnseenPath<M extends Method> = { [P in PathWith<M>]: 'If-Match' extends HeadersOf<Operation<M, P>> ? never : P }[PathWith<M>]

/** As `seen`: whatever is there. For one's own single values, which one sees change where one changes them. */
export const WHATEVER = '*'

/** After this long nobody is going to answer. */
const PATIENCE_MS = 20_000

let openOrganisation: string | null = null

/** The organisation whose pages are open; calls go there until it is changed. */
export const currentOrganisation = () => openOrganisation
export function setOrganisation(slug: string | null) {
  openOrganisation = slug
}

function address(path: string, { path: places = {}, query = {} }: Loose) {
  const filled = Object.entries(places).reduce((so, [name, value]) => so.replace(`{${name}}`, encodeURIComponent(String(value))), path)
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const tail = search.toString()
  return tail === '' ? filled : `${filled}?${tail}`
}

function headersFor(method: Method, body: unknown, organisation: string | null) {
  const headers = new Headers({ accept: 'application/json' })
  if (organisation !== null) headers.set('tulou-organisation', organisation)
  if (organisation !== null && method === 'post') headers.set('idempotency-key', crypto.randomUUID())
  if (body instanceof Blob) headers.set('content-type', body.type)
  else if (body !== undefined) headers.set('content-type', 'application/json')
  return headers
}

async function reach(url: string, init: RequestInit) {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (init.signal?.aborted === true && cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({ status: 0, code: cause instanceof DOMException && cause.name === 'TimeoutError' ? 'network.timeout' : 'network.unreachable' })
  }
}

type NamesOf<T> = T extends unknown ? keyof T : never
type Under<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never
/** Also what was put together before the call has no member that the operation does not take: the server would refuse it. */
type Only<G, W> = G extends string | number | boolean | null | undefined | Blob
  ? unknown
  : G extends readonly (infer A)[]
    ? Extract<W, readonly unknown[]> extends readonly (infer B)[]
      ? readonly Only<A, B>[]
      : unknown
    : string extends NamesOf<NonNullable<W>>
      ? unknown
      : { [K in keyof G]: K extends NamesOf<NonNullable<W>> ? Only<G[K], Under<NonNullable<W>, K>> : never }

/** Does one call and answers with its JSON. */
export const call = <M extends Method, P extends PathWith<M>, G extends ParametersOf<M, P>>(method: M, path: P, parameters: G & Only<G, ParametersOf<M, P>>, ...[options]: OptionsOf<M, P>) =>
  send(method, path, parameters, options)

async function send<M extends Method, P extends PathWith<M>>(
  method: M,
  path: P,
  parameters: ParametersOf<M, P>,
  { signal, organisation = openOrganisation, seen }: CallOptions = {},
): Promise<AnswerOf<M, P>> {
  const { body }: Loose = parameters
  const timeout = AbortSignal.timeout(PATIENCE_MS)
  const headers = headersFor(method, body, organisation)
  if (seen !== undefined) headers.set('if-match', seen)
  const response = await reach(address(String(path), parameters), {
    method: method.toUpperCase(),
    headers,
    body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
    credentials: 'same-origin',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  if (!response.ok) throw await readProblem(response)
  const text = await response.text()
  return JSON.parse(text === '' ? 'null' : text)
}

/** The `ETag` of what says its revision: what `seen` is for it. Of what says none, whatever is there. */
export const etagOf = (seen: { revision?: number | null }) => (typeof seen.revision === 'number' ? `"${seen.revision}"` : WHATEVER)

/** What `useQuery` and a loader need to read something; the key begins with the organisation. */
export function query<P extends PathWith<'get'>>(method: 'get', path: P, parameters: ParametersOf<'get', P>) {
  const organisation = openOrganisation
  return queryOptions({
    queryKey: keyOf(path, parameters),
    queryFn: ({ signal }): Promise<AnswerOf<'get', P>> => send(method, path, parameters, { signal, organisation }),
  })
}

/** The key of what was read from `path`; without parameters, of everything read from it. */
export function keyOf<P extends PathWith<'get'>>(path: P, parameters?: Pick<Loose, 'path' | 'query'>): QueryKey {
  const start: QueryKey = [openOrganisation, path]
  return parameters === undefined ? start : [...start, parameters.path ?? {}, parameters.query ?? {}]
}

/** What `useMutation` needs to change something; afterwards what is `stale` is read again. */
export function mutation<M extends Exclude<Method, 'get'>, P extends UnseenPath<M>>(
  method: M,
  path: P,
  { stale = [] }: { stale?: readonly QueryKey[] } = {},
): UseMutationOptions<AnswerOf<M, P>, Error, ParametersOf<M, P>> {
  return {
    mutationFn: (parameters) => send(method, path, parameters),
    onSuccess: (_answer, _parameters, _before, { client }) => markStale(client, stale),
  }
}

export async function markStale(client: QueryClient, keys: readonly QueryKey[]) {
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
}

type Row<P extends PathWith<'get'>> = AnswerOf<'get', P> extends { items: (infer T)[] } ? T : never

/** By which name the list takes the `next` of the page before. */
type CursorOf<P extends PathWith<'get'>> = keyof Queries<Operation<'get', P>> & ('after' | 'before' | 'cursor')

/** Like `query`, for a list that comes page by page; `rowsOf` joins what was read so far. */
export function pages<P extends PathWith<'get'>>(path: P, parameters: ParametersOf<'get', P>, cursor: CursorOf<P>) {
  const organisation = openOrganisation
  return infiniteQueryOptions({
    queryKey: [...keyOf(path, parameters), 'pages'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }): Promise<AnswerOf<'get', P>> =>
      send('get', path, { ...parameters, query: { ...parameters.query, [cursor]: pageParam } }, { signal, organisation }),
    getNextPageParam: (last: { next?: string | null }) => last.next ?? undefined,
  })
}

export function rowsOf<P extends PathWith<'get'>>(data: InfiniteData<AnswerOf<'get', P>> | undefined): Row<P>[] {
  return (data?.pages ?? []).flatMap((page: { items?: Row<P>[] }) => page.items ?? [])
}
