/** A message's text without its marks, for the list, quotes and notifications. */
import { type Block, type Inline, parse } from './markdown'

function inlineText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.t === 'break') return ' '
      return 'children' in node ? inlineText(node.children) : node.text
    })
    .join('')
}

function blockText(block: Block): string {
  if (block.t === 'pre') return block.text
  if (block.t === 'list') return block.items.map(inlineText).join(' · ')
  return inlineText(block.children)
}

/** One line of at most `limit` characters. */
export function plainText(source: string, limit = 200): string {
  const line = parse(source.slice(0, limit * 4))
    .map(blockText)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const letters = Array.from(line)
  return letters.length > limit ? `${letters.slice(0, limit - 1).join('')}…` : line
}
