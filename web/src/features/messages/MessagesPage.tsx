/** The messages module: the list, and beside it (where both do not fit, instead of it) one conversation. */
import { useLingui } from '@lingui/react/macro'
import { Outlet, useParams } from '@tanstack/react-router'
import { type CSSProperties, useCallback, useState } from 'react'
import { ColumnEdge } from '~/shell/ColumnEdge'
import { useColumn } from '~/shell/layout'
import { PageTitle } from '~/shell/PageTitle'
import { useTakesTurns } from '~/lib/useMedia'
import { ListPane } from './list/ListPane'
import { AskNotifications } from './notify/AskNotifications'
import { NewConversation } from './people/NewConversation'
import { useOpenConversation } from './opening'
import { useShortcuts } from './useShortcuts'
import { useSteps } from './useSteps'
import styles from './MessagesPage.module.css'

const ask = <AskNotifications />

export function MessagesPage() {
  const { t } = useLingui()
  const conversation = useOpenConversation()
  const { member } = useParams({ strict: false })
  const takesTurns = useTakesTurns()
  const [isStarting, setStarting] = useState(false)
  const isInside = conversation !== undefined || member !== undefined
  const start = useCallback(() => setStarting(true), [])
  useShortcuts({ conversation: conversation ?? null, onStart: start })
  const list = useSteps(conversation ?? null)
  const widths: Record<string, string> = { '--conversations': `${useColumn('conversations')}px` }
  const style: CSSProperties = widths
  return (
    <div className={styles.page} style={style}>
      {!isInside && <PageTitle>{t`Messages`}</PageTitle>}
      {!(takesTurns && isInside) && <ListPane list={list} open={conversation ?? null} onStart={start} footer={ask} />}
      {!takesTurns && <ColumnEdge column="conversations" property="--conversations" side="before" />}
      {!(takesTurns && !isInside) && <Outlet />}
      <NewConversation isOpen={isStarting} onOpenChange={setStarting} />
    </div>
  )
}
