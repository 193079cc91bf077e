/** The files and pictures of a conversation, newest first, each with the way to its message and until when it is kept. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useState } from 'react'
import { hasStatus, isUnreachable } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Sheet } from '~/ui/Sheet'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState, ErrorState, NoAccess } from '~/ui/State'
import { Tabs } from '~/ui/Tabs'
import { useMedia } from '~/lib/useMedia'
import frame from '../group/GroupPanel.module.css'
import type { FilesTab } from './addresses'
import { SentPictures, SentRows } from './SentList'
import { useSentFiles } from './useSentFiles'
import styles from './FilesPanel.module.css'

interface Props {
  conversation: string
  onClose: () => void
  onJump: (seq: number) => void
}

export function FilesPanel({ conversation, onClose, onJump }: Props) {
  const { t } = useLingui()
  const isWide = useMedia('(min-width: 1280px)')
  const jump = (seq: number) => {
    if (!isWide) onClose()
    onJump(seq)
  }
  const content = <Content conversation={conversation} onJump={jump} onAsk={isWide ? undefined : onClose} />
  if (!isWide) {
    return (
      <Sheet title={t`Files and pictures`} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
        {content}
      </Sheet>
    )
  }
  return (
    <aside className={frame.panel} aria-label={t`Files and pictures`}>
      <header className={frame.head}>
        <h2 className={frame.title}>{t`Files and pictures`}</h2>
        <IconButton icon={X} size="s" label={t`Close`} onPress={onClose} />
      </header>
      <div className={frame.scroll}>{content}</div>
    </aside>
  )
}

function Content({ conversation, onJump, onAsk }: Pick<Props, 'conversation' | 'onJump'> & { onAsk: (() => void) | undefined }) {
  const { t } = useLingui()
  const [tab, setTab] = useState<FilesTab>('picture')
  const list = (kind: FilesTab) => <List conversation={conversation} kind={kind} onJump={onJump} />
  return (
    <div className={styles.content}>
      <Tabs
        label={t`Files and pictures`}
        value={tab}
        onChange={(chosen) => setTab(chosen === 'file' ? 'file' : 'picture')}
        tabs={[
          { id: 'picture', label: t`Pictures`, content: list('picture') },
          { id: 'file', label: t`Files`, content: list('file') },
        ]}
      />
      <div className={styles.more}><AskAdministrator look="link" topic="keeping" onAsk={onAsk} /></div>
    </div>
  )
}

function List({ conversation, kind, onJump }: Pick<Props, 'conversation' | 'onJump'> & { kind: FilesTab }) {
  const { t } = useLingui()
  const query = useSentFiles(conversation, kind)
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  if (query.data === undefined) return query.error ? <Reason error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton rows={5} />
  if (items.length === 0) {
    return kind === 'picture' ? (
      <EmptyState title={t`No pictures yet`}>{t`Pictures that are sent here are found here, as long as they are kept.`}</EmptyState>
    ) : (
      <EmptyState title={t`No files yet`}>{t`Files that are sent here are found here, as long as they are kept.`}</EmptyState>
    )
  }
  return (
    <>
      {query.error && <p className={styles.stale} role="status"><Trans>This list may be out of date: the server could not be reached.</Trans></p>}
      {kind === 'picture' ? <SentPictures conversation={conversation} items={items} onJump={onJump} /> : <SentRows conversation={conversation} items={items} onJump={onJump} />}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button size="s" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t`Show older ones`}</Button>
        </div>
      )}
    </>
  )
}

function Reason({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  if (hasStatus(error, 403, 404, 410)) return <NoAccess title={t`You cannot open the files of this conversation`} action={<AskAdministrator topic="access" />} />
  if (isUnreachable(error)) return <ErrorState title={t`No connection to the server`} onRetry={onRetry}>{t`Files are not kept on this device. They are here again once you are online.`}</ErrorState>
  return <ErrorState onRetry={onRetry}>{textOf(error)}</ErrorState>
}
