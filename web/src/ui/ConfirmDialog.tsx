/** Confirms only what cannot be undone: says what happens, and the button repeats the verb. */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface Props {
  title: string
  children: ReactNode
  /** The verb, as on the button that opened this. */
  confirm: string
  isDanger?: boolean
  isPending?: boolean
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onConfirm: () => void
  /** Where the keyboard goes on if what this was asked about is gone afterwards. */
  home?: () => HTMLElement | null | undefined
}

export function ConfirmDialog({ title, children, confirm, isDanger = true, isPending, isOpen, onOpenChange, onConfirm, home }: Props) {
  const { t } = useLingui()
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      home={home}
      footer={
        <>
          <Button onPress={() => onOpenChange(false)} autoFocus>{t`Cancel`}</Button>
          <Button variant={isDanger ? 'danger' : 'primary'} isPending={isPending} onPress={onConfirm}>{confirm}</Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
