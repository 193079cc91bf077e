/** A panel that slides over the courtyard from its end; on a phone it covers it. */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import { FocusHome } from './FocusHome'
import { IconButton } from './IconButton'
import { useHasOpened } from './useHasOpened'
import styles from './Sheet.module.css'

interface Props {
  title: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
  footer?: ReactNode
}

export function Sheet({ title, isOpen, onOpenChange, children, footer }: Props) {
  const { t } = useLingui()
  if (!useHasOpened(isOpen)) return null
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={styles.scrim}>
      <Modal className={styles.sheet}>
        <Dialog className={styles.dialog}>
          {({ close }) => (
            <>
              <BackCloses />
              <FocusHome />
              <header className={styles.head}>
                <Heading slot="title" className={styles.title}>{title}</Heading>
                <IconButton icon={X} label={t`Close`} onPress={close} />
              </header>
              <div className={styles.body}>{children}</div>
              {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
