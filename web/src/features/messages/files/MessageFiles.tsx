/** The files of a message: pictures as a grid, sound and film to play, everything else as cards (IM-06). */
import { FileCard } from './FileCard'
import { useGallery } from './GalleryProvider'
import { MediaPlayer } from './MediaPlayer'
import { Picture } from './Picture'
import { PictureGrid } from './PictureGrid'
import { type FileRef, isShown } from './types'
import styles from './MessageFiles.module.css'

interface Props {
  files: readonly FileRef[]
  conversation: string
  seq: number
  keptUntil: string
}

export function MessageFiles({ files, conversation, seq, keptUntil }: Props) {
  const { openAt } = useGallery()
  const pictures = files.filter(isShown)
  const others = files.filter((file) => !isShown(file))
  const place = (file: FileRef) => ({ conversation, seq, file: file.id })
  return (
    <div className={styles.files}>
      {pictures.length > 0 && (
        <PictureGrid pictures={pictures} onOpen={(index) => openAt({ conversation, seq, file: pictures[index]?.id ?? '' })}>
          {(file) => <Picture file={file} place={place(file)} />}
        </PictureGrid>
      )}
      {others.map((file) =>
        file.kind === 'audio' || file.kind === 'video' ? (
          <MediaPlayer key={file.id} file={file} place={place(file)} keptUntil={keptUntil} />
        ) : (
          <FileCard key={file.id} file={file} place={place(file)} keptUntil={keptUntil} />
        ),
      )}
    </div>
  )
}
