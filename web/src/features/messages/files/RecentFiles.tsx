/** The newest files of a group beside its people, and the way to all of them. Nothing while there are none. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'react-aria-components'
import panel from '../group/GroupPanel.module.css'
import { useTimes } from '../times'
import { useNow } from '../useNow'
import { useDownload } from './FileCard'
import { FileIcon } from './FileIcon'
import { FileName } from './FileName'
import { filesPanel } from './filesPanel'
import { useSentFiles } from './useSentFiles'
import styles from './RecentFiles.module.css'

const SHOWN = 3

export function RecentFiles({ conversation }: { conversation: string }) {
  const { t } = useLingui()
  const times = useTimes()
  const now = useNow(60_000)
  const download = useDownload()
  const { data } = useSentFiles(conversation, 'file')
  const items = data?.pages[0]?.items.slice(0, SHOWN) ?? []
  if (items.length === 0) return null
  return (
    <section className={panel.section}>
      <div className={panel.sectionHead}>
        <h3>{t`Files`}</h3>
        <Button className={panel.more} onPress={() => filesPanel.set(true)}><Trans>Show all</Trans></Button>
      </div>
      <ul>
        {items.map(({ file, seq, sent_at }) => {
          const sent = times.short(sent_at, now)
          return (
            <li key={`${seq} ${file.id}`}>
              {/* The name is drawn in two parts: read out it is one, and what is written beside it belongs to it. */}
              <Button className={styles.file} aria-label={t`Download ${file.name}, ${sent}`} onPress={() => void download({ conversation, seq, file: file.id }, file.name)}>
                <FileIcon file={file} size={28} />
                <span className={styles.name}><FileName name={file.name} /></span>{' '}
                <time className={styles.time} dateTime={sent_at}>{sent}</time>
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
