/** A place to drop a file on, or to choose one by hand or keyboard. */
import { Trans, useLingui } from '@lingui/react/macro'
import { FileSpreadsheet } from 'lucide-react'
import type { ReactNode } from 'react'
import { DropZone, FileTrigger, isFileDropItem, type DropZoneProps } from 'react-aria-components'
import { useMissedFiles } from '~/lib/useMissedFiles'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import styles from './imports.module.css'

interface Props {
  isPending: boolean
  onFile: (file: File) => void
  children: ReactNode
}

type Dropped = Parameters<NonNullable<DropZoneProps['onDrop']>>[0]

const KINDS = ['.xlsx', '.xls', '.csv', '.txt', 'text/csv']

export function DropFile({ isPending, onFile, children }: Props) {
  const { t } = useLingui()
  useMissedFiles()
  const drop = async (event: Dropped) => {
    const item = event.items.find(isFileDropItem)
    if (item && !isPending) onFile(await item.getFile())
  }
  const choose = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <DropZone className={styles.drop} aria-label={t`Drop the spreadsheet here`} onDrop={(event) => void drop(event)}>
      <Icon icon={FileSpreadsheet} size={28} />
      <p className={styles.dropTitle}><Trans>Drop the spreadsheet here</Trans></p>
      <p className={styles.quiet}>{children}</p>
      <FileTrigger acceptedFileTypes={KINDS} onSelect={choose}>
        <Button variant="primary" isPending={isPending}><Trans>Choose a file</Trans></Button>
      </FileTrigger>
    </DropZone>
  )
}
