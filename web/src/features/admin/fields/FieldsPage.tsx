/** What is collected of people, who sees it and who changes it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Field } from '~/api/types'
import { fields, nameIn, useFieldName } from '~/shell/fields'
import { MayNotPart } from '~/shell/ErrorPage'
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
import { useAudienceList, useAudienceNames, useKindNames } from './words'

export type Asking = { what: 'edit' | 'off'; field: Field } | { what: 'make' } | null

export function FieldsPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useQuery(fields())
  const nameOf = useFieldName()
  const kinds = useKindNames()
  const audiences = useAudienceNames()
  const listed = useAudienceList()
  const [asking, setAsking] = useState<Asking>(null)
  const move = useMove(found.data?.order)
  const close = () => setAsking(null)
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
        {/* Every member reads which fields there are, so the server refuses nothing before somebody changes one. */}
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={8} />}>
          {({ items, can_create: decides }) =>
            decides ? (
              <Table
                label={t`Fields`}
                rows={items}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'name', title: t({ message: 'Field', context: 'of people' }), isHead: true, cell: (row) => <span className={styles.person}><span className="grow">{nameOf(row)}{row.group && <small>{nameIn(row.group, i18n.locale)}</small>}</span></span> },
                  { id: 'kind', title: t`Kind`, isWord: true, cell: (row) => kinds[row.kind] },
                  { id: 'on', title: t`Collected`, isWord: true, cell: (row) => (row.is_collected ? <Chip tone="accent"><Trans>collected</Trans></Chip> : <Chip><Trans>off</Trans></Chip>) },
                  { id: 'seen', title: t`Seen by`, cell: seenBy },
                  { id: 'edited', title: t`Changed by`, cell: (row) => listed(row.edited_by) },
                  {
                    id: 'more',
                    title: t`Actions`,
                    isTitleHidden: true,
                    isNumber: true,
                    cell: (row) => (
                      <span className={styles.buttons}>
                        <Order ids={items.map((one) => one.id)} field={row} name={nameOf(row)} move={move} />
                        <FieldMenu field={row} name={nameOf(row)} onAsk={(what) => setAsking({ what, field: row })} />
                      </span>
                    ),
                  },
                ]}
              />
            ) : (
              <MayNotPart />
            )
          }
        </QueryState>
      </PageBody>
      {asking?.what === 'make' && <FieldDialog onClose={close} />}
      {asking?.what === 'edit' && <FieldDialog field={found.data?.items.find((one) => one.id === asking.field.id) ?? asking.field} onClose={close} />}
      {asking?.what === 'off' && <SwitchOffDialog field={asking.field} name={nameOf(asking.field)} onClose={close} />}
    </>
  )
}

/** Writes the order that was made of the one that was seen. Whoever did not see the newest is shown it, and moves again. */
function useMove(order: number | undefined) {
  const queries = useQueryClient()
  const textOf = useProblemText()
  return useMutation({
    mutationFn: (ids: string[]) => call('put', '/v1/field-order', { body: { field_ids: ids } }, { seen: etagOf({ revision: order ?? null }) }),
    onSuccess: () => markStale(queries, fieldKeys()),
    onError: async (error) => {
      toast(textOf(error), { tone: 'bad' })
      if (hasStatus(error, 412)) await markStale(queries, fieldKeys())
    },
  })
}

/** Moves a field one place, by pointer or keyboard; one at a time. */
function Order({ ids, field, name, move }: { ids: readonly string[]; field: Field; name: string; move: ReturnType<typeof useMove> }) {
  const { t } = useLingui()
  const place = ids.indexOf(field.id)
  const by = (step: -1 | 1) => {
    const others = ids.filter((one) => one !== field.id)
    move.mutate([...others.slice(0, place + step), field.id, ...others.slice(place + step)])
  }
  return (
    <>
      <IconButton icon={ArrowUp} size="s" label={t`Move ${name} up`} isDisabled={place === 0 || move.isPending} onPress={() => by(-1)} />
      <IconButton icon={ArrowDown} size="s" label={t`Move ${name} down`} isDisabled={place === ids.length - 1 || move.isPending} onPress={() => by(1)} />
    </>
  )
}
