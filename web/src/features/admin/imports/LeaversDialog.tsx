/** People leave with an import: asked once more, and by itself when they are many. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Dialog } from '~/ui/Dialog'
import { Link } from '~/ui/Link'
import styles from './imports.module.css'

interface Props {
  count: number
  /** More than a tenth of everybody. */
  isMany: boolean
  isPending: boolean
  onClose: () => void
  onConfirm: () => void
}

export function LeaversDialog({ count, isMany, isPending, onClose, onConfirm }: Props) {
  const { t } = useLingui()
  const slug = useSlug()
  const [isMeant, setMeant] = useState(!isMany)
  return (
    <Dialog
      role="alertdialog"
      title={t`Let people leave?`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button autoFocus onPress={onClose}>{t`Cancel`}</Button>
          <Button variant="danger" isDisabled={!isMeant} isPending={isPending} onPress={onConfirm}>{t`Import, and let them leave`}</Button>
        </>
      }
    >
      <p><Plural value={count} one="# person is shut out at once and erased after 14 days." other="# people are shut out at once and erased after 14 days." /></p>
      <p className={styles.after}><Trans>What they had waits under <Link href={links.admin(slug, 'leavers')}>Hand-over</Link>. For 24 hours the import can be undone.</Trans></p>
      {isMany && (
        <div className={styles.after}>
          <Checkbox isSelected={isMeant} onChange={setMeant}><Trans>That is more than a tenth of the people here, and it is meant so.</Trans></Checkbox>
        </div>
      )}
    </Dialog>
  )
}
