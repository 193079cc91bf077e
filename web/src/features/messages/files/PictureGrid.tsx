/** The pictures of one message. A press opens them large. */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { boxOf, layoutOf, ratioOf } from './shape'
import type { FileRef } from './types'
import styles from './PictureGrid.module.css'

export type GridPicture = Pick<FileRef, 'id' | 'name' | 'width' | 'height'>

interface Props<T extends GridPicture> {
  pictures: readonly T[]
  children: (picture: T) => ReactNode
  onOpen?: (index: number) => void
}

export function PictureGrid<T extends GridPicture>({ pictures, children, onOpen }: Props<T>) {
  const { t } = useLingui()
  const layout = layoutOf(pictures.length)
  const first = pictures[0]
  const size = layout === 'one' && first ? { inlineSize: boxOf(first).width, aspectRatio: String(boxOf(first).width / boxOf(first).height) } : {}
  return (
    <div className={styles.grid} data-layout={layout} style={size}>
      {pictures.map((picture, index) => {
        const cell = layout === 'row' ? { flex: `${ratioOf(picture)} 1 0`, aspectRatio: String(ratioOf(picture)) } : {}
        return onOpen ? (
          <Button key={picture.id} className={styles.cell} style={cell} aria-label={t`Open ${picture.name}`} onPress={() => onOpen(index)}>
            {children(picture)}
          </Button>
        ) : (
          <span key={picture.id} className={styles.cell} style={cell}>{children(picture)}</span>
        )
      })}
    </div>
  )
}
