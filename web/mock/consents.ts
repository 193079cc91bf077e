/** What the reader is asked to agree to, and what they answered. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const words = (en: string, zhCN: string, zhTW: string): t.Words => ({ en, 'zh-CN': zhCN, 'zh-TW': zhTW })
const NOW = '2026-11-22T09:30:00Z'

export const deviceBook = (): t.Consent => ({
  purpose: 'contacts.read_device_book',
  name: words('Contacts from the device', '从设备通讯录导入', '從裝置通訊錄匯入'),
  sentence: words('so that contacts you pick on the device are kept here', '以便把你在设备上选中的联系人保存到这里', '讓你在裝置上選取的聯絡人保存到這裡'),
  role: 'processor',
  method: words('Your device opens its own list.', '由你的设备打开它自己的通讯录。', '由你的裝置開啟它自己的通訊錄。'),
  kinds: [
    { category: 'identity', name: words('Name, picture, ids', '身份信息', '身分資訊'), is_sensitive: false },
    { category: 'contact', name: words('Phone and e-mail', '联系方式', '聯絡方式'), is_sensitive: false },
  ],
  recipients: [],
  until: { kind: 'membership' },
  withdrawal: words('Nothing more is read from the device.', '不再读取设备上的任何联系人。', '不再讀取裝置上的任何聯絡人。'),
  otherwise: words('You add contacts by hand, or import them as vCards.', '可以手动添加联系人，或导入 vCard。', '可以手動新增聯絡人，或匯入 vCard。'),
  text_version: '1',
  state: 'never',
  history: [],
})

const one = (purpose: string | undefined, consents: t.Consent[]) => consents.find((found) => found.purpose === purpose)

export const consentHandlers: Record<string, Handler> = {
  'GET /v1/me/consents': (_, { consents }) => ({ status: 200, body: { items: consents } }),
  'PUT /v1/me/consents/{purpose}': ({ path, body }, { consents }) => {
    const asked = one(path['purpose'], consents)
    if (asked === undefined) return { status: 404, body: { code: 'not_found' } }
    if (body['text_version'] !== asked.text_version) return { status: 409, body: { code: 'consents.text_changed' } }
    const way = body['way'] === 'settings' ? 'settings' : 'sheet'
    const given = { text_version: asked.text_version, way, given_at: NOW, device: 'Firefox · Linux' } as const
    Object.assign(asked, { state: 'given', since: NOW, history: [given, ...asked.history] })
    return { status: 204 }
  },
  'DELETE /v1/me/consents/{purpose}': ({ path }, { consents }) => {
    const asked = one(path['purpose'], consents)
    if (asked === undefined) return { status: 404, body: { code: 'not_found' } }
    const [newest, ...older] = asked.history
    const ended = newest === undefined ? [] : [{ ...newest, ended_at: NOW, ended_as: 'withdrawn' as const, ended_device: 'Firefox · Linux' }]
    Object.assign(asked, { state: 'withdrawn', since: NOW, history: [...ended, ...older] })
    return { status: 204 }
  },
}
