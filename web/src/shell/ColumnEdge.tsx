/** The edge of one of the columns this device remembers. */
import { useLingui } from '@lingui/react/macro'
import { memo } from 'react'
import { Divider } from '~/ui/Divider'
import { type Column, COLUMNS, setColumn, useColumn } from './layout'

interface Props {
  column: Column
  property: string
  side: 'before' | 'after'
}

export const ColumnEdge = memo(function ColumnEdge({ column, property, side }: Props) {
  const { t } = useLingui()
  const names: Record<Column, string> = { conversations: t`Conversations`, navigation: t`Navigation`, tree: t`Departments`, card: t`Person`, panel: t`Side panel` }
  const { min, max } = COLUMNS[column]
  return <Divider label={names[column]} value={useColumn(column)} min={min} max={max} property={property} side={side} onChange={(width) => setColumn(column, width)} />
})
