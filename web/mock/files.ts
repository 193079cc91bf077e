/** Files of the invented company: drawn, not stored. */
import type { FileAddresses, FileRef, SentFile } from '../src/features/messages/files/types.ts'
import type * as t from '../src/api/types.ts'

const picture = (id: string, name: string, width: number, height: number): FileRef => ({ id, name, size: width * height, media_type: 'image/jpeg', kind: 'picture', width, height, has_thumbnail: true })
const file = (id: string, name: string, size: number): FileRef => ({ id, name, size, media_type: 'application/octet-stream', kind: 'file', has_thumbnail: false })

/** What the lines of the project group carry, by their number. */
export const carried: Readonly<Record<number, readonly FileRef[]>> = {
  4: [file('f1', '搬迁时间表-v3.xlsx', 48_213), file('f2', '丰禾运输合同-会签版（含附件与补充协议）.pdf', 2_204_113)],
  7: [picture('p1', '月台.jpg', 1600, 1000)],
  9: [picture('p2', '南门.jpg', 900, 1200), picture('p3', '厢车.jpg', 1400, 900), picture('p4', '标签.jpg', 1200, 1200), picture('p5', '货架.jpg', 1000, 800), picture('p6', '托盘.jpg', 800, 1000)],
}

export function addressesOf(id: string): FileAddresses {
  const all = Object.values(carried).flat()
  const index = all.findIndex((one) => one.id === id)
  const { width, height } = { width: 400, height: 300, ...all[index] }
  const hue = (index * 47) % 360
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 40% 62%)"/><stop offset="1" stop-color="hsl(${hue + 60} 35% 34%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="50%" r="22%" fill="#fff4"/></svg>`
  const content = `data:image/svg+xml,${encodeURIComponent(drawn)}`
  return { content, download: content, thumbnail: content, expires_at: new Date(Date.now() + 600_000).toISOString() }
}

export function sentFiles(messages: readonly t.Message[], kind: string | null): SentFile[] {
  return messages.toReversed().flatMap(({ seq, author_id, sent_at, kept_until, body }) =>
    body?.kind === 'text' && 'files' in body
      ? (carried[seq] ?? []).filter((one) => (one.kind === 'picture') === (kind === 'picture')).map((one) => ({ file: one, seq, author_id, sent_at, kept_until, addresses: addressesOf(one.id) }))
      : [],
  )
}
