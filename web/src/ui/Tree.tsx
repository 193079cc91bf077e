/** A tree of places, opened branch by branch; the count stands at the end of each line. Where it may be ordered, lines are
 *  dragged, or picked up and put down with the keyboard. */
import { useLingui } from '@lingui/react/macro'
import { ChevronRight, GripVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Collection, Tree as AriaTree, TreeItem, TreeItemContent, useDragAndDrop, type Key } from 'react-aria-components'
import { Icon, type LucideIcon } from './Icon'
import styles from './Tree.module.css'
import { useRevealed } from './useRevealed'

export interface TreeNode {
  id: string
  label: string
  icon?: LucideIcon
  count?: number | undefined
  /** Says something of the line, before its count. */
  mark?: ReactNode
  end?: ReactNode
  href?: string
  /** Whether it may be put somewhere else. */
  isMovable?: boolean
  hasChildren: boolean
  /** Asked for when it is opened: a tree may have tens of thousands of lines. */
  children: () => TreeNode[]
}

interface Props {
  label: string
  nodes: readonly TreeNode[]
  current: string | null
  onOpen?: (id: string) => void
  defaultExpanded?: Iterable<Key>
  /** From the top down to the place somebody goes to: it is unfolded and brought into sight when they go to another. */
  reveal?: readonly string[]
  /** Somebody puts one line before, after or into another. */
  onMove?: (id: string, where: 'before' | 'after' | 'on', other: string) => void
}

const NOWHERE: readonly string[] = []

export function Tree({ label, nodes, current, onOpen, defaultExpanded, reveal = NOWHERE, onMove }: Props) {
  const { tree, expanded, setExpanded } = useRevealed(reveal, defaultExpanded)
  const movable = shown(nodes, expanded).filter((node) => node.isMovable === true)
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': movable.find((node) => node.id === key)?.label ?? '' })),
    isDisabled: movable.length === 0,
    getDropOperation: (target) => (target.type === 'item' ? 'move' : 'cancel'),
    onMove: ({ keys, target }) => {
      const [id] = keys
      if (id !== undefined) onMove?.(String(id), target.dropPosition, String(target.key))
    },
  })
  return (
    <AriaTree
      ref={tree}
      aria-label={label}
      className={styles.tree}
      items={nodes}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={current === null ? [] : [current]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys
        if (key !== undefined) onOpen?.(String(key))
      }}
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
      dependencies={[expanded]}
      dragAndDropHooks={onMove ? dragAndDropHooks : undefined}
    >
      {(node) => renderNode(node, expanded)}
    </AriaTree>
  )
}

/** The lines that are to be seen. */
const shown = (nodes: readonly TreeNode[], expanded: ReadonlySet<Key>): TreeNode[] =>
  nodes.flatMap((node) => [node, ...(expanded.has(node.id) ? shown(node.children(), expanded) : [])])

/** Its line is read after its word; the word it would bring along means another thing in Chinese. */
function Chevron({ isExpanded }: { isExpanded: boolean }) {
  const { t } = useLingui()
  return (
    <Button slot="chevron" className={styles.chevron} aria-label={isExpanded ? t`Collapse` : t`Expand`}>
      <Icon icon={ChevronRight} size={15} />
    </Button>
  )
}

/** How a line is picked up with the keyboard. */
function Grip({ label }: { label: string }) {
  const { t } = useLingui()
  return (
    <Button slot="drag" className={styles.grip} aria-label={t`Move ${label}`}>
      <Icon icon={GripVertical} size={15} />
    </Button>
  )
}

function Count({ of }: { of: number }) {
  const { i18n } = useLingui()
  return <span className={styles.count}>{i18n.number(of)}</span>
}

function renderNode(node: TreeNode, expanded: ReadonlySet<Key>) {
  return (
    <TreeItem id={node.id} textValue={node.label} className={styles.item} hasChildItems={node.hasChildren}>
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <span className={styles.line} style={{ paddingInlineStart: (level - 1) * 20 }}>
            {hasChildItems ? (
              <Chevron isExpanded={isExpanded} />
            ) : (
              <span className={styles.chevron} />
            )}
            {node.isMovable === true && <Grip label={node.label} />}
            {node.icon && <Icon icon={node.icon} size={15} />}
            <span className="grow ellipsis">{node.label}</span>
            {node.mark}
            {node.count !== undefined && <Count of={node.count} />}
            {node.end}
          </span>
        )}
      </TreeItemContent>
      <Collection items={expanded.has(node.id) ? node.children() : []} dependencies={[expanded]}>{(below) => renderNode(below, expanded)}</Collection>
    </TreeItem>
  )
}
