/** The fields of the company, and what can be done with them. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const everyone: t.FieldAudience[] = ['everyone', 'administrators', 'oneself']
const id = (n: number) => `00000000-0000-7000-8000-0000000001${n.toString(16).padStart(2, '0')}`

const built = (built_in: t.BuiltInField, n: number, kind: t.FieldKind, more: Partial<t.Field> = {}): t.Field => ({
  id: id(n), built_in, kind, names: {}, choices: [], listed: [], only_listed: false, position: n, is_collected: true, seen_by: everyone, edited_by: ['administrators', 'oneself'], is_masked: false, revision: 0, can: { edit: true, delete: false }, ...more,
})

export const fieldList: t.Field[] = [
  built('user_id', 0, 'text'),
  built('staff_number', 1, 'text'),
  built('phone', 2, 'phone'),
  built('email', 3, 'text'),
  built('position', 4, 'text'),
  built('signature', 6, 'text', { edited_by: ['oneself'] }),
  built('avatar', 7, 'picture', { edited_by: ['oneself'] }),
  built('birthday', 8, 'date', { seen_by: ['oneself'], edited_by: ['oneself'] }),
  built('remark', 11, 'text', { is_collected: false, seen_by: ['administrators'], edited_by: ['administrators'] }),
  { ...built('post', 200, 'choice'), id: 'f-shirt', built_in: null, names: { en: 'Shirt size', 'zh-CN': '衣服尺码' }, group: { en: 'Office', 'zh-CN': '办公' }, choices: [{ id: 's', names: { en: 'Small' } }, { id: 'l', names: { en: 'Large' } }], revision: 1, can: { edit: true, delete: true } },
]

export const MAY_EDIT = ['name', 'language', 'phone', 'email', 'signature', 'avatar', 'birthday', 'f-shirt']

export const fieldHandlers: Record<string, Handler> = {
  'GET /v1/fields': () => ({ status: 200, body: { items: fieldList, order: 12, can_create: true } }),
  'GET /v1/fields/{field}/values': () => ({ status: 200, body: { count: 12, needed_to_sign_in: 0 } }),
  'POST /v1/fields': ({ body }) => ({ status: 201, body: { ...fieldList[0], ...body } }),
  'PATCH /v1/fields/{field}': ({ path }) => ({ status: 200, body: fieldList.find((field) => field.id === path.field) }),
  'DELETE /v1/fields/{field}': () => ({ status: 204 }),
  'PUT /v1/field-order': () => ({ status: 204 }),
  'GET /v1/me/reveals': () => ({ status: 200, body: { items: [], next: null } }),
  'POST /v1/members/{member}/fields/{field}/reveal': () => ({ status: 201, body: { value: '+8613800132200' } }),
  'POST /v1/departments/{department}/merge': () => ({ status: 204 }),
}
