/** What is kept of the reader, what others did with it, and the data map. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

const words = (en: string, zhCN: string, zhTW: string): t.Words => ({ en, 'zh-CN': zhCN, 'zh-TW': zhTW })
const cn = words('Needed for a contract or for managing staff, PIPL 13 (2)', '履行合同或人力资源管理所必需（个保法第十三条第二项）', '履行合約或人力資源管理所必需（個保法第十三條第二項）')
const eu = words('Contract, GDPR 6 (1) (b)', '履行合同（GDPR 第六条第一款 b 项）', '履行合約（GDPR 第六條第一項 b 款）')
const purpose = (sentence: t.Words) => ({ sentence, cn, eu })
const deliver = words('so that the people you write to receive what you write', '以便对方收到你写的内容', '讓對方收到你寫的內容')
const prove = words('so that only you get into your account', '以便只有你本人能进入你的账号', '好讓只有你本人能進入你的帳號')
const find = words('so that colleagues find you', '以便同事找到你', '讓同事找到你')

const names = { chat: words('Messages', '消息', '訊息'), directory: words('Directory', '通讯录', '通訊錄'), identity: words('Signing in', '登录', '登入'), contacts: words('Contacts outside', '外部联系人', '外部聯絡人') }

const place = (id: string, name: t.Words, records: number, until: t.Until, rule: string, more: Partial<t.OwnPlace> = {}): t.OwnPlace => ({ id, name, records, certainty: 'exact', soon: 0, until, rule, ...more })

export const ownData: t.OwnData = {
  kinds: [
    {
      function: 'chat.messages',
      name: names.chat,
      purposes: [purpose(deliver)],
      places: [
        place('chat.draft', words('Drafts', '草稿', '草稿'), 2, { kind: 'membership' }, 'membership'),
        place('chat.message', words('Messages I wrote', '我写的消息', '我寫的訊息'), 12408, { kind: 'messages', kept_for_s: 360 * 86_400 }, 'RET-09', { certainty: 'about', soon: 31 }),
      ],
    },
    { function: 'contacts.book', name: names.contacts, purposes: [purpose(find)], places: [place('contacts.contact', words('My contacts', '我的外部联系人', '我的外部聯絡人'), 0, { kind: 'membership' }, 'RET-08')] },
    { function: 'directory.people', name: names.directory, purposes: [purpose(find)], places: [place('directory.member', words('My profile', '我的资料', '我的個人資料'), 1, { kind: 'membership' }, 'RET-08')] },
    { function: 'identity.sign_in', name: names.identity, purposes: [purpose(prove)], places: [place('identity.sign_in', words('History of sign-ins', '登录记录', '登入記錄'), 96, { kind: 'period', kept_for_s: 184 * 86_400 }, 'P184D')] },
  ],
}

const uses: t.DataUse[] = [
  { line: 311, at: '2026-11-20T02:10:00Z', kind: 'role_given', by: 'member', member: memberId(3) },
  { line: 207, at: '2026-10-21T02:10:00Z', kind: 'changed', by: 'program' },
]

const flow = (more: Partial<t.Flow> & Pick<t.Flow, 'place' | 'function' | 'purpose'>): t.Flow => ({ place_kind: 'table', subject: 'member', categories: ['identity'], is_sensitive: false, columns: [], is_in_copies: true, ...more })

export const composedMap: t.ComposedMap = {
  flows: [
    flow({ place: 'chat.message', function: 'chat.messages', purpose: 'chat.deliver', categories: ['communication_content', 'identity'], is_sensitive: true, columns: [{ name: 'author_id', category: 'identity', is_sealed: false }, { name: 'body', category: 'communication_content', is_sealed: true }], rule: 'RET-09', until: { kind: 'messages', kept_for_s: 360 * 86_400 }, erasure: 'author_anonymised' }),
    flow({ place: 'files.s3', place_kind: 'host', subject: 'named', function: 'files.files', purpose: 'files.share', categories: [], recipient: 'files.s3', is_in_copies: false }),
    flow({ place: 'identity.account', subject: 'account', function: 'identity.sign_in', purpose: 'identity.prove', rule: 'account', until: { kind: 'account' }, erasure: 'delete' }),
  ],
  functions: { 'chat.messages': { name: names.chat, clause: 'what' }, 'files.files': { name: words('Files', '文件', '檔案'), clause: 'what' }, 'identity.sign_in': { name: names.identity, clause: 'who' } },
  purposes: {
    'chat.deliver': { sentence: deliver, function: 'chat.messages', role: 'processor', cn: 'contract_or_hr_necessity', eu: 'contract', needs_consent: false },
    'files.share': { sentence: words('so that you can send files', '以便你发送文件', '讓你傳送檔案'), function: 'files.files', role: 'processor', cn: 'contract_or_hr_necessity', eu: 'contract', needs_consent: false },
    'identity.prove': { sentence: prove, function: 'identity.sign_in', role: 'processor', cn: 'legal_duty', eu: 'legal_obligation', needs_consent: false },
  },
  recipients: { 'files.s3': { name: words('The object store', '对象存储', '物件儲存'), contact: words('the operator', '运维人员', '維運人員'), region: words('where the operator keeps it', '运维人员存放的地点', '維運人員存放的地點'), kinds: words('sealed files', '已加密的文件', '已加密的檔案') } },
  names: {
    'category.communication_content': words('What people say to each other', '通信内容', '通訊內容'),
    'category.identity': words('Name, picture, ids', '身份信息', '身分資訊'),
    'cn.contract_or_hr_necessity': cn,
    'cn.legal_duty': words('Duty by law, PIPL 13 (3)', '履行法定职责或法定义务（个保法第十三条第三项）', '履行法定職責或法定義務（個保法第十三條第三項）'),
    'erasure.author_anonymised': words('Stays until its time, author unknown', '保留至到期，作者显示为前成员', '保留至到期，作者顯示為前成員'),
    'erasure.delete': words('Deleted with the person', '随本人删除', '隨本人刪除'),
    'eu.contract': eu,
    'eu.legal_obligation': words('Legal obligation, GDPR 6 (1) (c)', '法定义务（GDPR 第六条第一款 c 项）', '法定義務（GDPR 第六條第一項 c 款）'),
    'place.host': words('Sent outside', '外部接收方', '外部接收方'),
    'place.table': words('Database', '数据库', '資料庫'),
    'role.processor': words('Processor for the organisation', '受托处理', '受託處理'),
    'subject.account': words('Whoever has an account', '账号持有人', '帳號持有人'),
    'subject.member': words('People of the organisation', '企业成员', '企業成員'),
    'subject.named': words('Whoever is named in it', '其中提到的人', '其中提到的人'),
  },
}

export const compared: t.Drifts = { looked_at: '2026-11-22T00:00:04Z', is_overdue: false, places: 212, rows: 18_400, skipped: 0, drifts: [] }

export const ownDataHandlers: Record<string, Handler> = {
  'GET /v1/me/data': () => ({ status: 200, body: ownData }),
  'GET /v1/me/data-uses': () => ({ status: 200, body: { items: uses } }),
  'GET /v1/data-map': () => ({ status: 200, body: composedMap }),
  'GET /v1/data-map/drifts': () => ({ status: 200, body: compared }),
  'GET /v1/data-map/records': () => ({ status: 200, body: 'records' }),
}
