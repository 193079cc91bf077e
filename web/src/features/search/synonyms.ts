/**
 * What people call a function besides its name on the screen: as other products call it, in both writings of Chinese and in English,
 * by pinyin and by its initials. Every language finds all of them, since one who reads one often types another (SRCH-01).
 */
import type { AdminPage, SettingsPage } from '~/shell/links'

/** None is without: whoever adds a page says here what else people call it. */
type Named = 'messages' | 'people' | 'contacts' | 'admin' | 'chart' | 'notifications' | 'announcements' | 'shortcuts' | 'ask' | 'light' | 'dark' | 'sign-out' | 'import' | `settings-${SettingsPage}` | `admin-${AdminPage}`

const SETTINGS = 'settings, preferences, options, shezhi, sz, 设置, 偏好设置, 个人设置, 設定, 偏好設定'
const ADMINISTRATION = 'admin, administration, management, guanli, gl, 管理, 管理后台, 管理後台'

/** Phrases by the id of the function, parted by commas. */
const PHRASES: Readonly<Record<Named, string>> = {
  messages: 'messages, chats, conversations, im, inbox, xiaoxi, xx, huihua, duihua, liaotian, 消息, 聊天, 会话, 沟通, 訊息, 對話',
  people: 'directory, people, contacts, colleagues, address book, phone book, members, tongxunlu, txl, lianxiren, tongshi, 通讯录, 联系人, 同事, 花名册, 通訊錄, 聯絡人, 同仁',
  contacts: 'contacts, external contacts, customers, clients, business cards, lianxiren, kehu, waibulianxiren, wblxr, mingpian, 联系人, 外部联系人, 客户, 名片, 聯絡人, 外部聯絡人, 客戶',
  admin: `console, back office, ${ADMINISTRATION}, 控制台, 企业管理, 主控台`,
  chart: 'organisation chart, org chart, organization chart, hierarchy, reporting line, leaders, zuzhijiegoutu, zzjgt, jiegoutu, jgt, zuzhijiagou, zzjg, jiagoutu, huibaoguanxi, 组织架构, 组织结构图, 架构图, 汇报关系, 上级, 組織架構, 組織圖, 組織結構圖, 匯報關係',
  notifications: 'notifications, alerts, bell, reminders, tongzhi, tz, tixing, 通知, 提醒, 消息提醒, 通知中心',
  announcements: 'announcements, notices, news, bulletin, gonggao, gg, 公告, 通告, 公告栏, 公告欄, 佈告',
  shortcuts: 'keyboard shortcuts, hotkeys, key bindings, kuaijiejian, kjj, rejian, 快捷键, 热键, 快速鍵, 快捷鍵, 熱鍵',
  ask: 'ask, help, support, contact, feedback, retention, wenguanliyuan, wgly, bangzhu, fankui, kefu, 帮助, 客服, 反馈, 求助, 幫助, 說明, 回饋',
  light: 'light theme, light mode, day mode, bright, qianse, zhuti, rijian, 浅色, 浅色模式, 日间模式, 主题, 淺色, 淺色模式, 日間模式, 主題',
  dark: 'dark theme, dark mode, night mode, black, shense, anse, zhuti, yejian, heianmoshi, 深色, 深色模式, 夜间模式, 暗黑模式, 主题, 夜間模式, 暗色, 主題',
  'sign-out': 'sign out, log out, logout, log off, quit, exit, tuichu, tuichudenglu, tcdl, dengchu, zhuxiao, 退出, 退出登录, 登出, 注销, 註銷',
  import: 'import people, add people, upload people, excel, csv, spreadsheet, bulk, daoru, daorurenyuan, piliangdaoru, 导入, 批量导入, 表格, 匯入, 批次匯入, 試算表',
  'settings-profile': 'profile, account, avatar, picture, photo, nickname, signature, password, gerenziliao, grzl, touxiang, qianming, mima, xiugaimima, 个人资料, 个人信息, 头像, 签名, 密码, 修改密码, 帐号, 账号, 個人資料, 大頭貼, 簽名, 密碼, 變更密碼, 帳號',
  'settings-notifications': 'notifications, sound, mute, do not disturb, dnd, quiet hours, tongzhi, tz, shengyin, jingyin, miandarao, 通知, 声音, 静音, 免打扰, 勿扰, 聲音, 靜音, 勿擾',
  'settings-appearance': 'appearance, language, theme, density, font, waiguan, yuyan, zhuti, jincou, 外观, 语言, 主题, 紧凑, 字号, 外觀, 語言, 主題, 緊湊, 字級',
  'settings-devices': 'devices, sessions, logins, security, sign-ins, shebei, denglu, dlsb, anquan, 设备, 登录设备, 登录记录, 安全, 裝置, 登入裝置, 登入紀錄',
  'settings-address-books': 'address books, carddav, sync contacts, phone contacts, tongxunlu, tongbu, shouji, 通讯录同步, 同步联系人, 手机通讯录, 通訊錄同步, 同步聯絡人, 手機通訊錄',
  'settings-data': 'data about me, my data, stored, privacy, export, download, copy, delete account, consents, gerenxinxi, guanyuwo, yinsi, daochu, zhuxiaozhanghao, 个人信息, 我的数据, 隐私, 导出, 下载, 注销账号, 同意, 個人資料, 我的資料, 隱私, 匯出, 下載, 刪除帳號',
  'settings-privacy': 'privacy statement, privacy policy, terms, yinsi, yinsishengming, yinsizhengce, 隐私声明, 隐私政策, 协议, 隱私聲明, 隱私權政策, 條款',
  'settings-cookies': 'cookies, tracking, local storage, 本地存储, 本機儲存',
  'admin-overview': 'overview, dashboard, statistics, analytics, gailan, shuju, tongji, 概览, 概况, 仪表盘, 统计, 總覽, 概況, 儀表板, 統計',
  'admin-people': 'people, members, users, employees, staff, renyuan, chengyuan, yuangong, 人员, 成员, 员工, 用户, 成員, 員工, 使用者',
  'admin-leavers': 'hand-over, handover, offboarding, resignation, transfer, lizhi, jiaojie, gongzuojiaojie, 离职, 离职交接, 工作交接, 离职继承, 離職, 離職交接, 交接',
  'admin-invitations': 'invitations, invite, link, yaoqing, yqtg, 邀请, 邀请链接, 邀請, 邀請連結',
  'admin-departments': 'departments, teams, org chart, organisation structure, bumen, bm, zuzhijiagou, 部门, 组织架构, 团队, 部門, 組織架構, 團隊',
  'admin-people-groups': 'directory groups, user groups, dynamic groups, renyuanzu, ryz, yonghuzu, 人员组, 用户组, 人員群組, 使用者群組',
  'admin-fields': 'fields, custom fields, attributes, profile fields, ziduan, zd, zidingyi, 字段, 自定义字段, 欄位, 自訂欄位',
  'admin-organisation': 'organisation, company, logo, brand, retention, dissolve, qiye, gongsi, qiyexinxi, 企业, 企业信息, 公司, 标志, 企業, 企業資訊, 標誌',
  'admin-roles': 'roles, permissions, access, administrators, rights, juese, quanxian, guanliyuan, 角色, 权限, 管理员, 權限, 管理員',
  'admin-decisions': 'decisions, approvals, four eyes, requests, shenpi, jueding, 审批, 审核, 待办, 簽核, 審核, 待辦',
  'admin-applications': 'applications, apps, modules, features, switch, yingyong, yy, kaiguan, gongzuotai, 应用, 功能开关, 工作台, 應用, 功能開關',
  'admin-files': 'files, storage, quota, upload limit, cloud drive, wenjian, rongliang, cunchu, 文件, 容量, 存储, 空间, 檔案, 儲存空間, 配額',
  'admin-announcements': 'announcements, notices, broadcast, gonggao, gg, 公告, 发公告, 通告, 發公告',
  'admin-workdays': 'working days, holidays, vacation calendar, public holidays, days off, gongzuori, jiejiari, tiaoxiu, fangjia, 工作日, 节假日, 假期, 调休, 放假, 日历, 假日, 國定假日, 補班, 行事曆',
  'admin-requests': 'privacy requests, rights, gdpr, subject requests, gerenxinxi, quanli, qingqiu, 个人信息请求, 权利请求, 個資請求, 權利請求',
  'admin-peers': 'peer organisations, partners, connected organisations, external, huobanqiye, hbqy, hezuo, 伙伴企业, 关联企业, 互联企业, 上下游, 夥伴企業, 合作企業',
  'admin-tokens': 'service tokens, api keys, provisioning, scim, webhooks, integrations, bots, lingpai, tongbu, jieru, 令牌, 密钥, 接口, 对接, 機器人, 权杖, 權杖, 金鑰, 介接',
  'admin-retention': 'retention, keep, delete messages, auto delete, expiry, archive, baocunqixian, bcqx, liucun, 保存期限, 保留, 自动删除, 归档, 留存, 自動刪除, 封存',
  'admin-audit': 'audit log, logs, activity, history, events, shenji, rizhi, caozuorizhi, czrz, 审计日志, 日志, 操作日志, 操作记录, 稽核, 日誌, 操作紀錄, 紀錄',
  'admin-data-map': 'data map, records of processing, impact assessment, ropa, dpia, shujuditu, chulihuodong, 数据地图, 处理活动, 影响评估, 資料地圖, 處理活動, 影響評估',
  'admin-erasures': 'erasures, certificate, proof, deletions, shanchu, jilu, pingzheng, 删除凭证, 删除记录, 銷毀, 刪除憑證, 刪除紀錄',
  'admin-jobs': 'jobs, background tasks, queue, renwu, houtairenwu, 任务, 后台任务, 队列, 工作, 背景工作, 佇列',
  'admin-health': 'health, status, monitoring, system, jiankang, yunxing, zhuangtai, jiankong, 健康, 运行状态, 监控, 系统状态, 執行狀態, 監控, 系統狀態',
}

const byId: Readonly<Partial<Record<string, string>>> = PHRASES
const phrases = new Map<string, readonly string[]>()

function phrasesOf(id: string): readonly string[] {
  const known = phrases.get(id)
  if (known) return known
  const of = [byId[id], id.startsWith('settings-') && SETTINGS, id.startsWith('admin-') && ADMINISTRATION].filter((part) => typeof part === 'string')
  const made = of.flatMap((part) => part.split(', '))
  phrases.set(id, made)
  return made
}

const HAN = /\p{Script=Han}/u

/** Whether people call it so. Chinese words are found by any part of them, others by the beginning of a word; pinyin may be parted. */
export function isCalled(id: string, words: string): boolean {
  const wanted = words.trim().toLowerCase()
  const closed = wanted.replaceAll(' ', '')
  if (closed === '') return false
  return phrasesOf(id).some((phrase) => (HAN.test(closed) ? phrase.includes(closed) : ` ${phrase}`.includes(` ${wanted}`) || phrase.startsWith(closed)))
}
