/** A tree of places, opened branch by branch; the count stands at the end of each line. */
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Collection, Tree as AriaTree, TreeItem, TreeItemContent, type Key } from 'react-aria-components'
import { Icon, type LucideIcon } from './Icon'
import styles from './Tree.module.css'

export interface TreeNode {
  id: string
  label: string
  icon?: LucideIcon
  count?: number | undefined
  end?: ReactNode
  href?: string
  children: TreeNode[]
}

interface Props {
  label: string
  nodes: readonly TreeNode[]
  current: string | null
  onOpen?: (id: string) => void
  defaultExpanded?: Iterable<Key>
}

export function Tree({ label, nodes, current, onOpen, defaultExpanded }: Props) {
  return (
    <AriaTree
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
      defaultExpandedKeys={defaultExpanded}
    >
      {renderNode}
    </AriaTree>
  )
}

function renderNode(node: TreeNode) {
  return (
    <TreeItem id={node.id} textValue={node.label} className={styles.item}>
      <TreeItemContent>
        {({ hasChildItems, level }) => (
          <span className={styles.line} style={{ paddingInlineStart: (level - 1) * 20 }}>
            {hasChildItems ? (
              <Button slot="chevron" className={styles.chevron}>
                <Icon icon={ChevronRight} size={15} />
              </Button>
            ) : (
              <span className={styles.chevron} />
            )}
            {node.icon && <Icon icon={node.icon} size={15} />}
            <span className="grow ellipsis">{node.label}</span>
            {node.count !== undefined && <span className={styles.count}>{node.count.toLocaleString()}</span>}
            {node.end}
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{renderNode}</Collection>
    </TreeItem>
  )
}
