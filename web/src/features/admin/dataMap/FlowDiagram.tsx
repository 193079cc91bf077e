/** The data map, drawn: whoever chooses a node sees the flows through it. On a phone the table below says the same alone. */
import { useLingui } from '@lingui/react/macro'
import { ToggleButton } from 'react-aria-components'
import type { ComposedMap, Drift, Flow } from '~/api/types'
import { Badge } from '~/ui/Badge'
import { Chip } from '~/ui/Chip'
import { COLUMNS, diagramOf, driftsAt, OURSELVES, type DiagramLine } from './diagram'
import styles from './dataMap.module.css'
import { useDriftWords } from './useDriftWords'
import { useMapWords } from './useMapWords'

interface Props {
  map: ComposedMap
  flows: readonly Flow[]
  drifts: readonly Drift[]
  chosen: string | undefined
  onChoose: (node: string | undefined) => void
}

const ROW = 46
/** A column is so wide, and begins so far after the one before, in thousandths. */
const WIDE = 205
const STEP = 265

export function FlowDiagram({ map, flows, drifts, chosen, onChoose }: Props) {
  const { t } = useLingui()
  const { nodeName } = useMapWords(map)
  const { rows, nodes, lines } = diagramOf(flows, chosen)
  const { count } = useDriftWords()
  const titles = { subject: t`About whom`, function: t`Used by`, place: t`Where it stands`, recipient: t`Who gets it` }
  return (
    <div className={styles.drawing} role="group" aria-label={t`Flows of personal data`}>
      <div className={styles.titles} aria-hidden="true">
        {COLUMNS.map((column) => <span key={column}>{titles[column]}</span>)}
      </div>
      <div className={styles.field} style={{ blockSize: rows * ROW }}>
        <svg viewBox={`0 0 1000 ${rows * ROW}`} preserveAspectRatio="none" aria-hidden="true">
          {lines.map((line) => (
            <path key={line.id} d={pathOf(line)} className={styles.line} data-out={line.isOut || undefined} data-chosen={line.isChosen || undefined} data-faint={(chosen !== undefined && !line.isChosen) || undefined} />
          ))}
        </svg>
        {nodes.map((column, n) => (
          <div key={COLUMNS[n]} role="group" aria-label={COLUMNS[n] && titles[COLUMNS[n]]}>
            {column.map((node) => {
              const name = nodeName(node.column, node.of)
              const otherwise = driftsAt(node, flows, drifts)
              return (
                <ToggleButton
                  key={node.id}
                  className={styles.node}
                  style={{ insetBlockStart: node.y * ROW - 18, insetInlineStart: `${(n * STEP) / 10}%`, inlineSize: `${WIDE / 10}%` }}
                  data-out={(node.column === 'recipient' && node.id !== OURSELVES) || undefined}
                  isSelected={node.id === chosen}
                  onChange={(isChosen) => onChoose(isChosen ? node.id : undefined)}
                >
                  <span className="grow ellipsis">{name}</span>
                  {node.column === 'function' && node.isSensitive && <Chip tone="warn">{t`sensitive`}</Chip>}
                  <Badge isBad count={otherwise} label={count(otherwise)} />
                  <span className={styles.count}>{node.flows}</span>
                </ToggleButton>
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

function pathOf({ column, from, to }: DiagramLine): string {
  const [start, end] = [column * STEP + WIDE, (column + 1) * STEP]
  const middle = (start + end) / 2
  return `M${start} ${from * ROW}C${middle} ${from * ROW} ${middle} ${to * ROW} ${end} ${to * ROW}`
}
