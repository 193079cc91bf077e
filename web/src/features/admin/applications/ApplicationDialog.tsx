/** To whom an application is open: everybody, nobody, or by departments. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { Form } from 'react-aria-components'
import { hasCode } from '~/api/error'
import type { ApplicationState, OpenTo, WhatIsKept } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { RadioCards } from '~/ui/RadioCards'
import styles from '../admin.module.css'
import { KeptQuestion } from './KeptQuestion'
import { useSwitch } from './useSwitch'
import { useApplicationWords } from './words'

export function ApplicationDialog({ of, onClose }: { of: ApplicationState; onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const { name } = useApplicationWords()(of.key)
  const change = useSwitch()
  const [openTo, setOpenTo] = useState<OpenTo>(of.decided?.open_to ?? 'everybody')
  const [chosen, setChosen] = useState<string[]>(of.decided?.department_ids ?? [])
  const [isMissing, setMissing] = useState(false)
  const [wanted, setWanted] = useState<WhatIsKept>(of.decided?.kept === 'erasing' ? 'erased' : 'kept')
  const isErasing = openTo === 'nobody' && wanted === 'erased'
  const isOff = of.decided?.open_to === 'nobody'
  const isByDepartments = openTo === 'only' || openTo === 'except'
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    setMissing(isByDepartments && chosen.length === 0)
    if (isByDepartments && chosen.length === 0) return
    const stored = openTo === 'nobody' ? wanted : null
    change.mutate(
      { of, body: { open_to: openTo, department_ids: isByDepartments ? chosen : [], stored } },
      {
        onSuccess: onClose,
        // Somebody else decided: what this asks about is not so any more.
        onError: (error) => {
          if (hasCode(error, 'directory.changed_meanwhile')) onClose()
        },
      },
    )
  }
  return (
    <Dialog
      title={name}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant={isErasing ? 'danger' : 'primary'} type="submit" form={formId} isPending={change.isPending}>
            {!isErasing ? t`Save` : isOff ? t`Erase` : t`Switch off and erase`}
          </Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        <RadioCards
          label={t`Who has it`}
          columns={2}
          value={openTo}
          onChange={setOpenTo}
          cards={[
            { id: 'everybody', title: t`Everyone` },
            { id: 'nobody', title: t`Nobody` },
            { id: 'only', title: t`Only some departments`, detail: t`Whoever is in one of them or below.` },
            { id: 'except', title: t`All but some departments`, detail: t`Whoever is in one of them or below has it not, even if they are in another one besides.` },
          ]}
        />
        {openTo === 'nobody' && <KeptQuestion application={of.key} value={wanted} onChange={setWanted} />}
        {isByDepartments && (
          <DepartmentsField
            label={t`Departments`}
            value={chosen}
            onChange={(ids) => {
              setChosen(ids)
              setMissing(false)
            }}
            errorMessage={isMissing ? t`Choose at least one department.` : undefined}
          />
        )}
      </Form>
    </Dialog>
  )
}
