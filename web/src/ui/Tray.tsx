/** What a phone shows instead of a popover: it rises from the bottom edge, in reach of the thumb. */
import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay, type ModalOverlayProps } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import styles from './Tray.module.css'

interface Props extends Pick<ModalOverlayProps, 'isOpen' | 'onOpenChange'> {
  label: string | undefined
  /** Above the choices, so that it is clear what they are about. */
  header?: ReactNode
  children: ReactNode
}

export function Tray({ label, header, children, ...opening }: Props) {
  return (
    <ModalOverlay {...opening} isDismissable className={styles.scrim}>
      <Modal className={styles.tray}>
        <Dialog aria-label={label} className={styles.dialog}>
          <BackCloses />
          {header !== undefined && <div className={styles.header}>{header}</div>}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
