/** What is collected of people, who sees it and who changes it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Field } from '~/api/types'
import { fields, nameIn, useFieldName } from '~/shell/fields'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { IconButton } from '~/ui/IconButton'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { fieldKeys } from '../queries'
import { FieldDialog } from './FieldDialog'
import { FieldMenu } from './FieldMenu'
import { SwitchOffDialog } from './SwitchOffDialog'
import { useAudienceNames, useKindNames } from './words'

export type Asking = { what: 'edit' | 'off'; field: Field } | { what: 'make' } | null

export function FieldsPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useQuery(fields())
  const nameOf = useFieldName()
  const kinds = useKindNames()
  const audiences = useAudienceNames()
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const listed = (of: Field['seen_by']) => new Intl.ListFormat(i18n.locale).format(of.map((one) => audiences[one]))
  const seenBy = (field: Field) => (field.seen_by.includes('everyone') ? audiences.everyone : listed(field.seen_by))
  return (
    <>
      <PageTitle>{t`Fields`}</PageTitle>
      <PageHead
        title={t`Fields`}
        lead={t`What your organisation collects of its people besides name and departments. What is off is not collected.`}
        back={adminStart(slug)}
        actions={found.data?.can_create === true && <Button variant="primary" icon={Plus} onPress={() => setAsking({ what: 'make' })}><Trans>New field</Trans></Button>}
      />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={8} />}>
          {({ items }) => (
            <Table
              label={t`Fields`}
              rows={items}
              rowKey={(row) => row.id}
              columns={[
                { id: 'name', title: t({ message: 'Field', context: 'of people' }), isHead: true, cell: (row) => <span className={styles.person}><span className="grow">{nameOf(row)}{row.group && <small>{nameIn(row.group, i18n.locale)}</small>}</span></span> },
                { id: 'kind', title: t`Kind`, cell: (row) => kinds[row.kind] },
                { id: 'on', title: t`Collected`, cell: (row) => (row.is_collected ? <Chip tone="accent"><Trans>collected</Trans></Chip> : <Chip><Trans>off</Trans></Chip>) },
                { id: 'seen', title: t`Seen by`, cell: seenBy },
                { id: 'edited', title: t`Changed by`, cell: (row) => listed(row.edited_by) },
                {
                  id: 'more',
                  title: t`Actions`,
                  isTitleHidden: true,
                  isNumber: true,
                  cell: (row) => (
                    <span className={styles.buttons}>
                      <Order items={items} field={row} name={nameOf(row)} />
                      <FieldMenu field={row} name={nameOf(row)} onAsk={(what) => setAsking({ what, field: row })} />
                    </span>
                  ),
                },
              ]}
            />
          )}
        </QueryState>
      </PageBody>
      {asking?.what === 'make' && <FieldDialog onClose={close} />}
      {asking?.what === 'edit' && <FieldDialog field={found.data?.items.find((one) => one.id === asking.field.id) ?? asking.field} onClose={close} />}
      {asking?.what === 'off' && <SwitchOffDialog field={asking.field} name={nameOf(asking.field)} onClose={close} />}
    </>
  )
}

/** Moves a field one place, by pointer or keyboard. */
function Order({ items, field, name }: { items: readonly Field[]; field: Field; name: string }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const place = items.findIndex((one) => one.id === field.id)
  const move = useMutation({
    mutationFn: (by: -1 | 1) => {
      const ids = items.map((one) => one.id)
      ids.splice(place, 1)
      ids.splice(place + by, 0, field.id)
      return call('put', '/v1/field-order', { body: { field_ids: ids } })
    },
    onSuccess: () => markStale(queries, fieldKeys()),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  return (
    <>
      <IconButton icon={ArrowUp} size="s" label={t`Move ${name} up`} isDisabled={place === 0 || move.isPending} onPress={() => move.mutate(-1)} />
      <IconButton icon={ArrowDown} size="s" label={t`Move ${name} down`} isDisabled={place === items.length - 1 || move.isPending} onPress={() => move.mutate(1)} />
    </>
  )
}
