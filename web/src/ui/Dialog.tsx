/** Asks for something in front of the page. On a phone it rises from the bottom edge. */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import { FocusHome } from './FocusHome'
import { IconButton } from './IconButton'
import { useHasOpened } from './useHasOpened'
import styles from './Dialog.module.css'

interface DialogProps {
  title: string
  size?: 400 | 560 | 720
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  isDismissable?: boolean
  role?: 'dialog' | 'alertdialog'
  /** Where the keyboard goes on if what opened this is gone when it closes. */
  home?: () => HTMLElement | null | undefined
}

export function Dialog({ title, size = 400, isOpen, onOpenChange, children, footer, isDismissable = true, role = 'dialog', home }: DialogProps) {
  const { t } = useLingui()
  if (!useHasOpened(isOpen)) return null
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable={isDismissable && role === 'dialog'} className={styles.scrim}>
      <Modal className={styles.modal} data-size={size}>
        <AriaDialog role={role} className={styles.dialog}>
          {({ close }) => (
            <>
              <BackCloses />
              <FocusHome home={home} />
              <header className={styles.head}>
                <Heading slot="title" className={styles.title}>{title}</Heading>
                {role === 'dialog' && isDismissable && <IconButton icon={X} size="s" label={t`Close`} onPress={close} />}
              </header>
              <div className={styles.body}>{children}</div>
              {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
