/** Switches an application off for everyone: says first what is kept for it, and asks what becomes of that (ORG-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { hasCode } from '~/api/error'
import type { ApplicationState, WhatIsKept } from '~/api/types'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import styles from '../admin.module.css'
import { KeptQuestion } from './KeptQuestion'
import { useSwitch } from './useSwitch'
import { useApplicationWords } from './words'

export function SwitchOffDialog({ of, onClose }: { of: ApplicationState; onClose: () => void }) {
  const { t } = useLingui()
  const { name, off } = useApplicationWords()(of.key)
  const change = useSwitch()
  const isOff = of.decided?.open_to === 'nobody'
  const [wanted, setWanted] = useState<WhatIsKept>(isOff ? 'erased' : 'kept')
  const save = () =>
    change.mutate(
      { of, body: { open_to: 'nobody', department_ids: [], stored: wanted } },
      {
        onSuccess: onClose,
        // Somebody else decided: what this asks about is not so any more.
        onError: (error) => {
          if (hasCode(error, 'directory.changed_meanwhile')) onClose()
        },
      },
    )
  return (
    <Dialog
      title={isOff ? t`Erase what is kept for ${name}?` : t`Switch ${name} off?`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant={wanted === 'erased' ? 'danger' : 'primary'} isPending={change.isPending} onPress={save}>
            {wanted === 'kept' ? t`Switch off` : isOff ? t`Erase` : t`Switch off and erase`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{isOff ? t`What belongs to messages stays with them.` : off}</p>
        <KeptQuestion application={of.key} value={wanted} onChange={isOff ? undefined : setWanted} />
      </div>
    </Dialog>
  )
}
