/** Merges a department into another: says who goes where before. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department } from '~/api/types'
import { DepartmentField } from '~/shell/DepartmentField'
import { departmentsBelow, isDepartmentBelow } from '~/shell/members'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'

interface Props {
  all: readonly Department[]
  department: Department
  onClose: () => void
}

export function MergeDialog({ all, department, onClose }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [into, setInto] = useState<string | null>(null)
  const merge = useMutation({
    mutationFn: (target: string) => call('post', '/v1/departments/{department}/merge', { path: { department: department.id }, body: { into: target } }, { seen: etagOf(department) }),
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/departments'), keyOf('/v1/members'), keyOf('/v1/members/{member}')])
      toast(t`${department.name} merged`)
      onClose()
    },
    onError: () => markStale(queries, [keyOf('/v1/departments')]),
  })
  const fits = (one: Department) => one.can.edit && !isDepartmentBelow(all, one.id, department.id)
  const below = departmentsBelow(all, department.id).length
  const { name } = department
  const people = plural(department.member_count, { one: '# person', other: '# people' })
  const departments = plural(below, { one: '# department', other: '# departments' })
  return (
    <Dialog
      title={t`Merge ${name} into another`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="danger" isDisabled={into === null} isPending={merge.isPending} onPress={() => into !== null && merge.mutate(into)}><Trans>Merge</Trans></Button>
        </>
      }
    >
      <div className={styles.form}>
        {merge.isError && <Banner tone="bad" isAlert>{textOf(merge.error)}</Banner>}
        <DepartmentField label={t`Into`} fits={fits} value={into} onChange={setInto} />
        <p><Trans>{people} and {departments} go there, leaders go on leading, and {name} is gone.</Trans></p>
      </div>
    </Dialog>
  )
}
