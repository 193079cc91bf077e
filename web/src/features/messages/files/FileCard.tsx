/** A file in a message: its kind, its name, its size, until when it is kept, and the way to have it. */
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import { bytes } from '~/lib/dates'
import { IconButton } from '~/ui/IconButton'
import { toast } from '~/ui/toast'
import { addressesOf, type FilePlace } from './addresses'
import { FileIcon } from './FileIcon'
import { FileName } from './FileName'
import { KeptUntil } from './KeptUntil'
import type { FileRef } from './types'
import { useUnshown } from './unshown'
import styles from './FileCard.module.css'

/** Fetches a fresh address and lets the browser save what is there. */
export function useDownload() {
  const queries = useQueryClient()
  const textOf = useProblemText()
  return async (place: FilePlace, name: string) => {
    try {
      const { download } = await queries.fetchQuery(addressesOf(place))
      const link = document.createElement('a')
      link.href = download
      link.download = name
      link.click()
    } catch (error) {
      toast(textOf(error), { tone: 'bad' })
    }
  }
}

export function FileCard({ file, place, keptUntil }: { file: FileRef; place: FilePlace; keptUntil: string }) {
  const { t, i18n } = useLingui()
  const download = useDownload()
  const unshown = useUnshown().of(file)
  const [isAsking, setAsking] = useState(false)
  const save = async () => {
    setAsking(true)
    await download(place, file.name)
    setAsking(false)
  }
  return (
    <div className={styles.card}>
      <FileIcon file={file} />
      <span className={styles.words}>
        <span className={styles.name}><FileName name={file.name} /></span>
        <span className={styles.detail}>
          <span>{bytes(file.size, i18n.locale)}</span>
          <KeptUntil at={keptUntil} />
        </span>
        {unshown !== null && <span className={styles.detail}>{unshown}</span>}
      </span>
      <IconButton icon={Download} label={t`Download ${file.name}`} isDisabled={isAsking} onPress={() => void save()} />
    </div>
  )
}
