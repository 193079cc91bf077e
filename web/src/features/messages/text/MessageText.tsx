/** Draws a message's text: marks, code, links that are safe to open, and the people it calls. */
import { useLingui } from '@lingui/react/macro'
import { Fragment, useMemo } from 'react'
import { cardOf } from '../cards'
import { useMessages, usePeople } from '../context'
import { type Block, type Inline, parse } from './markdown'
import { type Named, splitMentions } from './mentions'
import styles from './MessageText.module.css'

interface Props {
  text: string
  mentions: readonly string[]
  callsAll: boolean
}

interface Calls {
  named: readonly Named[]
  all: boolean
  me: string
  slug: string
  /** Within what is emphasised. */
  isEmphasised?: boolean
  /** Within a link, where no other one can be. */
  isLinked?: boolean
}

export function MessageText({ text, mentions, callsAll }: Props) {
  const { me, slug } = useMessages()
  const people = usePeople(mentions)
  const blocks = useMemo(() => parse(text), [text])
  const named = mentions.flatMap((id) => {
    const person = people.get(id)
    return person ? [{ id, name: person.name }] : []
  })
  const calls = { named, all: callsAll, me, slug }
  return (
    <div className={styles.text} dir="auto">
      {blocks.map((block, place) => (
        <BlockView key={place} block={block} calls={calls} />
      ))}
    </div>
  )
}

function BlockView({ block, calls }: { block: Block; calls: Calls }) {
  if (block.t === 'pre') {
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll sideways, also by keyboard
      <pre className={styles.pre} data-language={block.language || undefined} tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    )
  }
  if (block.t === 'list') {
    const items = block.items.map((item, place) => (
      <li key={place}>
        <InlineView nodes={item} calls={calls} />
      </li>
    ))
    return block.isOrdered ? (
      <ol className={styles.list} start={block.start}>
        {items}
      </ol>
    ) : (
      <ul className={styles.list}>{items}</ul>
    )
  }
  const inside = <InlineView nodes={block.children} calls={calls} />
  return block.t === 'quote' ? <blockquote className={styles.quote}>{inside}</blockquote> : <p className={styles.p}>{inside}</p>
}

function InlineView({ nodes, calls }: { nodes: readonly Inline[]; calls: Calls }) {
  return nodes.map((node, place) => <Fragment key={place}>{inlineNode(node, calls)}</Fragment>)
}

function inlineNode(node: Inline, calls: Calls) {
  switch (node.t) {
    case 'break':
      return <br />
    case 'code':
      return <code className={styles.code}>{node.text}</code>
    case 'text':
      return <Words text={node.text} calls={calls} />
    case 'link':
      return (
        <a className={styles.link} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          <InlineView nodes={node.children} calls={{ ...calls, isLinked: true }} />
          {node.place !== null && <Place name={node.place} />}
        </a>
      )
    case 'strong':
      return <strong><InlineView nodes={node.children} calls={calls} /></strong>
    case 'em':
      return <em className={styles.em}><InlineView nodes={node.children} calls={{ ...calls, isEmphasised: true }} /></em>
    case 'del':
      return <del><InlineView nodes={node.children} calls={calls} /></del>
  }
}

/** Where a link leads, set apart from the words its author chose. */
function Place({ name }: { name: string }) {
  const { t } = useLingui()
  return (
    <bdi className={styles.place}>
      <span className="hidden-visually"> {t`leads to`} </span>
      {name}
    </bdi>
  )
}

const DOTTED = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+)/u

/** Letters lean; what does not lean has dots below it, in whatever language the interface is. */
function emphasised(text: string) {
  return text.split(DOTTED).map((run, place) => (place % 2 === 1 ? <span key={place} className={styles.dotted}>{run}</span> : run))
}

function Words({ text, calls }: { text: string; calls: Calls }) {
  return splitMentions(text, calls.named, calls.all).map((piece, place) => {
    if (piece.t === 'words') return <Fragment key={place}>{calls.isEmphasised === true ? emphasised(piece.text) : piece.text}</Fragment>
    const isMe = piece.id === null || piece.id === calls.me
    const look = { className: styles.mention, 'data-me': isMe || undefined, dir: 'auto' }
    return piece.id === null || calls.isLinked === true ? <bdi key={place} {...look}>{piece.text}</bdi> : <a key={place} {...look} {...cardOf(calls.slug, piece.id)}>{piece.text}</a>
  })
}
