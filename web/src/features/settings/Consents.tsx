/** What rests on my agreement: its state, since when, taken back where it stands, and what I answered before (CON-06, CON-14, PERM-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { Consent, GivenConsent } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { ConsentDialog, ConsentText } from '~/shell/ConsentDialog'
import { consents, useTakeBack } from '~/shell/consents'
import { QueryState } from '~/shell/QueryState'
import { useWords } from '~/shell/words'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import styles from './settings.module.css'

export function Consents() {
  const found = useQuery(consents())
  return <QueryState of={found} skeleton={<Skeleton kind="table" rows={1} />}>{({ items }) => <>{items.map((one) => <Line key={one.purpose} of={one} />)}</>}</QueryState>
}

function Line({ of }: { of: Consent }) {
  const { t } = useLingui()
  const say = useWords()
  const textOf = useProblemText()
  const takeBack = useTakeBack()
  const [isAsked, setAsked] = useState(false)
  const name = say(of.name)
  const end = () => takeBack.mutate(of, { onSuccess: () => toast(t`Taken back. ${say(of.withdrawal)}`), onError: (error) => toast(textOf(error), { tone: 'bad' }) })
  const holds = of.state === 'given' || of.state === 'outgrown'
  return (
    <div>
      <div className={styles.permission}>
        <div className="grow">
          <div className={styles.permissionName}>{name}</div>
          <p className={styles.permissionText}><State of={of} /></p>
        </div>
        {of.state !== 'given' && <Button size="s" aria-label={t`Read and agree: ${name}`} onPress={() => setAsked(true)}><Trans>Read and agree</Trans></Button>}
        {holds && <Button size="s" isPending={takeBack.isPending} aria-label={t`Take back: ${name}`} onPress={end}><Trans>Take back</Trans></Button>}
      </div>
      <details>
        <summary><Trans>What it says, and what you answered</Trans></summary>
        <ConsentText of={of} />
        <History of={of} />
      </details>
      {isAsked && <ConsentDialog of={of} way="settings" onClose={() => setAsked(false)} onAgreed={() => setAsked(false)} />}
    </div>
  )
}

function State({ of }: { of: Consent }) {
  const { i18n } = useLingui()
  const since = of.since ? dayAndClock(of.since, i18n.locale) : ''
  switch (of.state) {
    case 'never':
      return <Trans>Not agreed. You are asked when it is needed.</Trans>
    case 'given':
      return <Trans>Agreed since {since}.</Trans>
    case 'outgrown':
      return <Trans>Agreed on {since}, to older words. Nothing is done on it until you agree to the new ones.</Trans>
    case 'withdrawn':
      return <Trans>Taken back on {since}. What was done before stays valid.</Trans>
  }
}

function History({ of }: { of: Consent }) {
  const { t, i18n } = useLingui()
  const name = useWords()(of.name)
  if (of.history.length === 0) return null
  const moment = (at: string, device?: string | null) => `${dayAndClock(at, i18n.locale)} · ${device ?? t`Unknown device`}`
  const ended = ({ ended_at: at, ended_as: end, ended_device: device }: GivenConsent) => {
    if (!at) return ''
    return end === 'outgrown' ? `${t`Replaced by newer words`} · ${dayAndClock(at, i18n.locale)}` : `${t`Taken back`} · ${moment(at, device)}`
  }
  return (
    <Table
      label={t`What you answered: ${name}`}
      rows={of.history}
      rowKey={(row) => row.given_at}
      columns={[
        { id: 'given', title: t`Agreed`, isHead: true, cell: (row) => moment(row.given_at, row.device) },
        { id: 'version', title: t`Version`, cell: (row) => row.text_version },
        { id: 'way', title: t`How it was asked`, cell: (row) => (row.way === 'sheet' ? t`when it was needed` : t`in the settings`) },
        { id: 'ended', title: t`Ended`, cell: ended },
      ]}
    />
  )
}
