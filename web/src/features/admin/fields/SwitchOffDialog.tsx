/** Switches a field off: says first what stands in it, and asks what becomes of that. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Field } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { RadioCards } from '~/ui/RadioCards'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { fieldKeys, fieldValues } from '../queries'
import { Stored } from './Stored'

interface Props {
  field: Field
  name: string
  onClose: () => void
}

export function SwitchOffDialog({ field, name, onClose }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const stored = useQuery(fieldValues(field.id))
  const [wanted, setWanted] = useState<'kept' | 'erased'>(field.is_collected ? 'kept' : 'erased')
  const isLocked = (stored.data?.needed_to_sign_in ?? 0) > 0 && wanted === 'erased'
  const save = useMutation({
    mutationFn: () => call('patch', '/v1/fields/{field}', { path: { field: field.id }, body: { is_collected: false, stored: wanted } }, { seen: etagOf(field) }),
    onSuccess: async () => {
      await markStale(queries, fieldKeys())
      toast(field.is_collected ? t`${name} is not collected any more` : t`Erased`)
      onClose()
    },
  })
  return (
    <Dialog
      title={field.is_collected ? t`Switch ${name} off?` : t`Erase what stands in ${name}?`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant={wanted === 'erased' ? 'danger' : 'primary'} isDisabled={!stored.data || isLocked} isPending={save.isPending} onPress={() => save.mutate()}>
            {wanted === 'kept' ? t`Switch off` : field.is_collected ? t`Switch off and erase` : t`Erase`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {save.isError && <Banner tone="bad" isAlert>{textOf(save.error)}</Banner>}
        <p><Stored of={stored} /></p>
        <p><Trans>From now on nobody fills it in, sees it or finds anybody by it.</Trans></p>
        {stored.data && stored.data.count > 0 && field.is_collected && (
          <RadioCards
            label={t`What stands in it now`}
            columns={2}
            value={wanted}
            onChange={setWanted}
            cards={[
              { id: 'kept', title: t`Kept out of sight`, detail: t`It is back when you switch the field on again.` },
              { id: 'erased', title: t({ message: 'Erased', context: 'what becomes of it' }), detail: t`For good. It cannot be brought back.` },
            ]}
          />
        )}
        {isLocked && <Banner tone="bad"><Trans>Some people have nothing else to sign in with. Give them something first.</Trans></Banner>}
      </div>
    </Dialog>
  )
}
