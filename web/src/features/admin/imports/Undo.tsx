/** What an import did, in its four kinds, each of which can be undone for a day; and what could not be. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Import, ImportDeedCount, ImportDeedKind } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { Section } from '~/shell/Page'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Table } from '~/ui/Table'
import { KeptTable } from './KeptTable'
import styles from './imports.module.css'
import { importKeys } from './queries'
import { useDeedNames, useFailure } from './words'

type What = ImportDeedKind | 'all'

const open = (one: ImportDeedCount) => one.count - one.undone
/** Whether some of it was not undone. */
export const isOpen = (one: ImportDeedCount) => open(one) > 0

export function Undo({ of }: { of: Import }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const failure = useFailure()
  const names = useDeedNames()
  const [asked, setAsked] = useState<What | null>(null)
  const until = dayAndClock(of.expires_at, i18n.locale)
  const undo = useMutation({
    mutationFn: (what: What) => call('post', '/v1/imports/{import}/undo', { path: { import: of.id }, body: what === 'all' ? {} : { kind: what } }),
    onSuccess: () => markStale(queries, importKeys()),
    onSettled: () => setAsked(null),
  })
  if (of.deeds.length === 0) return null
  const isUndone = !of.deeds.some(isOpen)
  return (
    <Section title={t`Undo`} lead={isUndone ? t`Everything this import did is undone.` : t`Until ${until} this import can be undone, whole or one kind of what it did. What somebody changed since stays.`}>
      {undo.error && <div className={styles.said}><Banner tone="bad" isAlert>{problemText(undo.error)}</Banner></div>}
      {of.code && <div className={styles.said}><Banner tone="bad" isAlert><Trans>Nothing was undone: {failure(of.code)}</Trans></Banner></div>}
      <Table
        label={t`What the import did`}
        rows={of.deeds}
        rowKey={(one) => one.kind}
        columns={[
          { id: 'kind', title: t`What`, isHead: true, cell: (one) => names[one.kind] },
          { id: 'count', title: t`How many`, isNumber: true, cell: (one) => i18n.number(one.count) },
          { id: 'undone', title: t`Undone`, isNumber: true, cell: (one) => i18n.number(one.undone) },
          { id: 'kept', title: t`Could not be undone`, isNumber: true, cell: (one) => i18n.number(one.kept) },
          {
            id: 'undo',
            title: t`Undo`,
            cell: (one) => (open(one) === 0 ? <Trans>undone</Trans> : <Button size="s" aria-label={t`Undo: ${names[one.kind]}`} onPress={() => setAsked(one.kind)}><Trans>Undo</Trans></Button>),
          },
        ]}
      />
      {!isUndone && (
        <div className={styles.actions}>
          <Button icon={Undo2} onPress={() => setAsked('all')}><Trans>Undo all of it</Trans></Button>
        </div>
      )}
      {of.deeds.some((one) => one.kept > 0) && <KeptTable id={of.id} />}
      {asked && (
        <ConfirmDialog
          title={asked === 'all' ? t`Undo all of the import?` : t`Undo: ${names[asked]}?`}
          confirm={t`Undo`}
          isOpen
          onOpenChange={() => setAsked(null)}
          isPending={undo.isPending}
          onConfirm={() => undo.mutate(asked)}
        >
          <Told what={asked} of={of} />
        </ConfirmDialog>
      )}
    </Section>
  )
}

function Told({ what, of }: { what: What; of: Import }) {
  const count = of.deeds.filter((one) => what === 'all' || one.kind === what).reduce((sum, one) => sum + open(one), 0)
  return (
    <>
      <p><Plural value={count} one="# thing that the import did is as it was before." other="# things that the import did are as they were before." /></p>
      {(what === 'all' || what === 'created') && <p className={styles.after}><Trans>New people who never signed in are gone at once, with their passwords. Whoever has signed in stays.</Trans></p>}
      {(what === 'all' || what === 'left') && <p className={styles.after}><Trans>Whoever left with it may come in again.</Trans></p>}
    </>
  )
}
