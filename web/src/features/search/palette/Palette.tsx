/** Finds anything by its name or its words, from anywhere: functions, people, departments, conversations, messages, files. */
import { useLingui } from '@lingui/react/macro'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { stopFinding, useFinding } from '~/shell/finding'
import { useSlug } from '~/shell/routes'
import { BackCloses } from '~/ui/BackCloses'
import { PaletteBody } from './PaletteBody'
import styles from './Palette.module.css'

export function Palette() {
  const { t } = useLingui()
  const slug = useSlug()
  const { start } = useFinding()
  return (
    <ModalOverlay isOpen={start !== null} onOpenChange={(isOpen) => !isOpen && stopFinding()} isDismissable className={styles.scrim}>
      <Modal className={styles.modal}>
        <Dialog aria-label={t`Search`} className={styles.dialog}>
          <BackCloses />
          {start !== null && <PaletteBody slug={slug} start={start} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
