/** Links that let people join: made, copied, withdrawn. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, MailPlus } from 'lucide-react'
import { useId, useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { CreatedInvitation, Invitation } from '~/api/types'
import { day } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { DepartmentField } from '~/shell/DepartmentField'
import { departmentName, departments, useMembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { TextField } from '~/ui/TextField'
import { toast } from '~/ui/toast'
import { adminStart } from './AdminLayout'
import styles from './admin.module.css'
import { invitations } from './queries'

export function InvitationsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(invitations())
  const [isMaking, setMaking] = useState(false)
  const make = <Button variant="primary" icon={MailPlus} onPress={() => setMaking(true)}><Trans>New invitation</Trans></Button>
  return (
    <>
      <PageTitle>{t`Invitations`}</PageTitle>
      <PageHead title={t`Invitations`} lead={t`Whoever has the link can join until it ends. Give it only to people you know.`} back={adminStart(slug)} actions={make} />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={4} />}>
          {({ items }) =>
            items.length === 0 ? <EmptyState title={t`No invitations yet`}><Trans>Make a link and send it to your colleagues.</Trans></EmptyState> : <List items={items} />
          }
        </QueryState>
      </PageBody>
      {isMaking && <MakeDialog onClose={() => setMaking(false)} />}
    </>
  )
}

function List({ items }: { items: Invitation[] }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const people = useMembersById(items.map((item) => item.created_by))
  const all = useQuery(departments()).data?.items ?? []
  const [asking, setAsking] = useState<Invitation | null>(null)
  const revoke = useMutation({
    mutationFn: (invitation: string) => call('delete', '/v1/invitations/{invitation}', { path: { invitation } }),
    onSuccess: async () => {
      setAsking(null)
      await markStale(queries, [keyOf('/v1/invitations')])
      toast(t`Invitation withdrawn`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const states: Record<Invitation['state'], [Tone, string]> = { open: ['ok', t`open`], used_up: ['plain', t`used up`], expired: ['plain', t`expired`], revoked: ['warn', t`withdrawn`] }
  return (
    <>
      <Table
        label={t`Invitations`}
        rows={items}
        rowKey={(row) => row.id}
        columns={[
          { id: 'by', title: t`Made by`, isHead: true, cell: (row) => <MemberName id={row.created_by} people={people} otherwise={<Somebody />} /> },
          { id: 'made', title: t`Made`, cell: (row) => (row.created_at ? <time dateTime={row.created_at}>{day(row.created_at, i18n.locale)}</time> : '–') },
          { id: 'department', title: t`Department`, cell: (row) => (row.department_id ? <bdi>{departmentName(all, row.department_id)}</bdi> : '–') },
          { id: 'until', title: t`Works until`, cell: (row) => <time dateTime={row.expires_at}>{day(row.expires_at, i18n.locale)}</time> },
          { id: 'uses', title: t`Used`, isNumber: true, cell: (row) => `${row.uses} / ${row.max_uses}` },
          { id: 'state', title: t`State`, cell: (row) => <Chip tone={states[row.state][0]}>{states[row.state][1]}</Chip> },
          { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => (row.state === 'open' ? <Button size="s" variant="danger" onPress={() => setAsking(row)}><Trans>Withdraw</Trans></Button> : null) },
        ]}
      />
      <ConfirmDialog title={t`Withdraw this invitation?`} confirm={t`Withdraw`} isOpen={asking !== null} onOpenChange={() => setAsking(null)} isPending={revoke.isPending} onConfirm={() => asking && revoke.mutate(asking.id)}>
        <Trans>The link stops working at once. Whoever joined with it stays.</Trans>
      </ConfirmDialog>
    </>
  )
}

const DAYS = ['1', '7', '14', '30'] as const

function MakeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const formId = useId()
  const queries = useQueryClient()
  const [made, setMade] = useState<CreatedInvitation | null>(null)
  const form = useForm<{ days: (typeof DAYS)[number]; uses: string; department: string | null }>({ days: '7', uses: '50', department: null }, { max_uses: 'uses', expires_in_days: 'days', department_id: 'department' })
  const { values, bind } = form
  const make = useMutation({
    mutationFn: () => call('post', '/v1/invitations', { body: { expires_in_days: Number(values.days), max_uses: Number(values.uses), department_id: values.department } }),
    onSuccess: async (invitation) => {
      setMade(invitation)
      await markStale(queries, [keyOf('/v1/invitations')])
    },
    onError: form.fail,
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    const uses = Number(values.uses)
    if (!Number.isInteger(uses) || uses < 1 || uses > 500) return form.refuse('uses', t`A number from 1 to 500.`)
    make.mutate()
  }
  if (made) return <LinkDialog url={made.url} onClose={onClose} />
  return (
    <Dialog
      title={t`New invitation`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" type="submit" form={formId} isPending={make.isPending}><Trans>Make the link</Trans></Button>
        </>
      }
    >
      <Form id={formId} className={styles.form} onSubmit={submit}>
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <Select {...bind('days')} label={t`Works for`} choices={DAYS.map((id) => ({ id, label: plural(Number(id), { one: '# day', other: '# days' }) }))} />
        <TextField {...bind('uses')} label={t`How many people may use it`} inputMode="numeric" />
        <DepartmentField {...bind('department')} label={t`Into the department`} none={t`None yet`} />
      </Form>
    </Dialog>
  )
}

/** An address that means another computer on every computer. */
function isOfThisComputer(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

function LinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useLingui()
  const [setting, file] = ['public_url', 'tulou.toml']
  return (
    <Dialog title={t`The invitation is ready`} size={560} isOpen onOpenChange={onClose} footer={<Button onPress={onClose}><Trans>Done</Trans></Button>}>
      <div className={styles.once}>
        <p><Trans>Send this link to the people you want to invite. For their safety it is shown only now.</Trans></p>
        {isOfThisComputer(url) && (
          <Banner tone="warn"><Trans>It opens on this computer only: Tulou was not given an address that others can reach. Whoever runs the server names one ({setting} in {file}).</Trans></Banner>
        )}
        <div className={styles.secret}>
          <code>{url}</code>
          <Button variant="primary" icon={Copy} onPress={() => void navigator.clipboard.writeText(url).then(() => toast(t`Link copied`))}><Trans>Copy</Trans></Button>
        </div>
      </div>
    </Dialog>
  )
}
