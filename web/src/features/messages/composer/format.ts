/** Puts marks around what is selected, or takes them off again. Pure. */

export interface Selection {
  text: string
  start: number
  end: number
}

export type Mark = 'bold' | 'italic' | 'strike' | 'code' | 'list'

const signs = { bold: '**', italic: '*', strike: '~~', code: '`' }

function listed({ text, start, end }: Selection): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next < 0 ? text.length : next
  const lines = text.slice(from, to).split('\n')
  const isListed = lines.every((line) => line.startsWith('- '))
  const changed = lines.map((line) => (isListed ? line.slice(2) : `- ${line}`)).join('\n')
  return { text: text.slice(0, from) + changed + text.slice(to), start: from, end: from + changed.length }
}

export function format(selection: Selection, mark: Mark): Selection {
  if (mark === 'list') return listed(selection)
  const { text, start, end } = selection
  const inside = text.slice(start, end)
  const sign = mark === 'code' && inside.includes('\n') ? '\n```\n' : signs[mark]
  const isMarked = text.slice(0, start).endsWith(sign) && text.slice(end).startsWith(sign)
  if (isMarked) {
    const plain = text.slice(0, start - sign.length) + inside + text.slice(end + sign.length)
    return { text: plain, start: start - sign.length, end: end - sign.length }
  }
  const marked = text.slice(0, start) + sign + inside + sign + text.slice(end)
  return { text: marked, start: start + sign.length, end: end + sign.length }
}
