/** The files of a message that is not stored yet: as they will stand, with how far each one is. */
import { useLingui } from '@lingui/react/macro'
import { bytes } from '~/lib/dates'
import { useUploads } from '../context'
import type { Outgoing } from '../engine/outbox'
import { FileIcon } from '../files/FileIcon'
import { FileName } from '../files/FileName'
import { PictureGrid } from '../files/PictureGrid'
import { useUnshown } from '../files/unshown'
import { UploadRing } from '../uploads/RingTile'
import type { Upload } from '../uploads/upload'
import styles from './OutgoingFiles.module.css'

/** The uploads a message waits for, in the order of its files. */
export function useOutgoingFiles(item: Outgoing): readonly Upload[] {
  const wanted = item.uploads ?? []
  const found = useUploads((upload) => wanted.includes(upload.id))
  return wanted.flatMap((id) => found.find((upload) => upload.id === id) ?? [])
}

export function OutgoingFiles({ uploads }: { uploads: readonly Upload[] }) {
  const pictures = uploads.filter((upload) => upload.preview !== undefined)
  const others = uploads.filter((upload) => upload.preview === undefined)
  return (
    <div className={styles.files}>
      {pictures.length > 0 && (
        <PictureGrid pictures={pictures}>
          {(upload) => (
            <span className={styles.picture}>
              <img src={upload.preview} alt={upload.name} draggable={false} />
              <UploadRing upload={upload} size={36} />
            </span>
          )}
        </PictureGrid>
      )}
      {others.map((upload) => <Card key={upload.id} upload={upload} />)}
    </div>
  )
}

function Card({ upload }: { upload: Upload }) {
  const { i18n } = useLingui()
  const unshown = useUnshown().ofUpload(upload)
  return (
    <div className={styles.card}>
      <span className={styles.tile}>
        <FileIcon file={upload} />
        <UploadRing upload={upload} />
      </span>
      <span className={styles.words}>
        <FileName name={upload.name} />
        <span className={styles.detail}>{bytes(upload.size, i18n.locale)}</span>
        {unshown !== null && <span className={styles.detail}>{unshown}</span>}
      </span>
    </div>
  )
}
