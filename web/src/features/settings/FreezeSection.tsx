/** My data kept and not used otherwise: since when, why, what that does, and the way back (DSR-04). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Snowflake } from 'lucide-react'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { MyRestriction, RestrictionReason } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { ownRestriction, REASONS, restrictionKeys, useOwnReasons } from '~/shell/restrictions'
import { useWords } from '~/shell/words'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import styles from './settings.module.css'

export function FreezeSection() {
  const { t } = useLingui()
  const found = useQuery(ownRestriction())
  const [isAsking, setAsking] = useState(false)
  const isFrozen = Boolean(found.data?.restriction)
  return (
    <Section
      title={t`Freeze my data`}
      lead={t`It stays stored and is not used otherwise until you lift that: while something is being put right, or because you need it for a claim.`}
      actions={found.data !== undefined && !isFrozen && <Button icon={Snowflake} onPress={() => setAsking(true)}><Trans>Freeze …</Trans></Button>}
    >
      <QueryState of={found} skeleton={<Skeleton rows={1} />}>
        {(mine) => (
          <>
            <Standing of={mine.restriction} />
            <Effects of={mine.effects} />
          </>
        )}
      </QueryState>
      {isAsking && <FreezeDialog onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Standing({ of }: { of: MyRestriction['restriction'] }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const reasons = useOwnReasons()
  const lift = useMutation({
    mutationFn: () => call('delete', '/v1/me/restriction', {}),
    onSuccess: async () => {
      await markStale(queries, restrictionKeys())
      toast(t`Your data is used again`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  if (!of) return <p><Trans>It is not frozen.</Trans></p>
  const since = dayAndClock(of.since, i18n.locale)
  const ends = of.lifts_at ? dayAndClock(of.lifts_at, i18n.locale) : null
  return (
    <Banner tone="accent" icon={Snowflake} action={<Button size="s" isPending={lift.isPending} onPress={() => lift.mutate()}><Trans>Unfreeze</Trans></Button>}>
      <p><b><Trans>Frozen since {since}</Trans></b></p>
      <p>{of.placed_by === 'oneself' ? <Trans>By you. {reasons[of.reason]}.</Trans> : <Trans>By an administrator. {reasons[of.reason]}.</Trans>}</p>
      {ends !== null && <p><Trans>An administrator has said that it ends: {ends}. Make a request below if you do not agree.</Trans></p>}
    </Banner>
  )
}

/** Purpose by purpose, as the data map says it. */
function Effects({ of }: { of: MyRestriction['effects'] }) {
  const { t } = useLingui()
  const say = useWords()
  return (
    <details className={styles.effects}>
      <summary><Trans>What stops and what goes on while it is frozen</Trans></summary>
      <Table
        label={t`What stops and what goes on while it is frozen`}
        rows={of}
        rowKey={(row) => row.purpose}
        columns={[
          { id: 'what', title: t`What for`, isHead: true, cell: (row) => say(row.sentence) },
          { id: 'effect', title: t`While it is frozen`, cell: (row) => say(row.told) },
        ]}
      />
    </details>
  )
}

function FreezeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const reasons = useOwnReasons()
  const [reason, setReason] = useState<RestrictionReason>('own_wish')
  const freeze = useMutation({
    mutationFn: () => call('post', '/v1/me/restriction', { body: { reason } }),
    onSuccess: async () => {
      onClose()
      await markStale(queries, restrictionKeys())
      toast(t`Your data is frozen`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  return (
    <ConfirmDialog title={t`Freeze my data?`} confirm={t`Freeze`} isDanger={false} isOpen onOpenChange={onClose} isPending={freeze.isPending} onConfirm={() => freeze.mutate()}>
      <ul className={styles.happens}>
        <li><Trans>Colleagues do not find you any more; administrators see your name and that your data is frozen, and can change nothing of it.</Trans></li>
        <li><Trans>You are in no export, no address book, and no list of who has read what.</Trans></li>
        <li><Trans>You sign in, read, write and use your rights as before. What you wrote to others stays with them until it expires.</Trans></li>
        <li><Trans>Should you be removed, nothing of yours is erased meanwhile. If you leave yourself, it is.</Trans></li>
      </ul>
      <div className={styles.effects}>
        <Select label={t`Reason`} value={reason} onChange={setReason} choices={REASONS.map((id) => ({ id, label: reasons[id] }))} />
      </div>
    </ConfirmDialog>
  )
}
