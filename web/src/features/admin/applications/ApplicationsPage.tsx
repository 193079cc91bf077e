/** What the organisation uses and what not, for everybody or by departments, and what becomes of what is kept (ADM-04, ADM-07, ORG-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ApplicationState, Decided, Department } from '~/api/types'
import { applications } from '~/shell/applications'
import { departmentPath, departments } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { Switch } from '~/ui/Switch'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { ApplicationDialog } from './ApplicationDialog'
import { SwitchOffDialog } from './SwitchOffDialog'
import { useSwitch } from './useSwitch'
import { useApplicationWords } from './words'

export function ApplicationsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(applications())
  // As it was when it was asked: what somebody else decides meanwhile is not answered unseen.
  const [asking, setAsking] = useState<{ of: ApplicationState; what: 'departments' | 'off' } | null>(null)
  return (
    <>
      <PageTitle>{t`Applications`}</PageTitle>
      <PageHead
        title={t`Applications`}
        lead={t`What is off is off for administrators too, in every window and for every program. It collects nothing, and what is kept for it is kept out of sight or erased, as you say. Everything that is not listed here is always on.`}
        back={adminStart(slug)}
        width="narrow"
      />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton rows={7} />}>
          {({ items, can }) => (
            <ul className={styles.acts} aria-label={t`Applications`}>
              {items.map((one) => <Row key={one.key} of={one} canEdit={can.edit} onAsk={(what) => setAsking({ of: one, what })} />)}
            </ul>
          )}
        </QueryState>
      </PageBody>
      {asking?.what === 'departments' && <ApplicationDialog of={asking.of} onClose={() => setAsking(null)} />}
      {asking?.what === 'off' && <SwitchOffDialog of={asking.of} onClose={() => setAsking(null)} />}
    </>
  )
}

function Row({ of, canEdit, onAsk }: { of: ApplicationState; canEdit: boolean; onAsk: (what: 'departments' | 'off') => void }) {
  const { t } = useLingui()
  const title = useId()
  const { name, what, off } = useApplicationWords()(of.key)
  const all = useQuery(departments()).data?.items ?? []
  const change = useSwitch()
  const kept = of.decided?.open_to === 'nobody' ? of.decided.kept : undefined
  const isOn = of.decided ? of.decided.open_to !== 'nobody' : of.is_open
  return (
    <li className={styles.act} aria-labelledby={title}>
      <div className="grow">
        <h2 id={title} className={styles.actTitle}>{name}</h2>
        <p>{what}</p>
        <p className={styles.actFacts}><span><Trans>While it is off: {off}</Trans></span></p>
        <p className={styles.actFacts}><OpenTo of={of} all={all} />{of.decided && kept && <Kept of={of.decided} />}</p>
      </div>
      {canEdit && kept === 'kept' && <Button size="s" aria-label={t`${name}: erase what is kept…`} onPress={() => onAsk('off')}><Trans>Erase what is kept…</Trans></Button>}
      {of.by_departments && canEdit && <Button size="s" aria-label={t`${name}: by departments…`} onPress={() => onAsk('departments')}><Trans>By departments…</Trans></Button>}
      <Switch
        aria-labelledby={title}
        isSelected={isOn}
        isDisabled={!canEdit || change.isPending || kept === 'erasing'}
        onChange={(is) => (is ? change.mutate({ of, body: { open_to: 'everybody', department_ids: [] } }) : onAsk('off'))}
      />
    </li>
  )
}

/** What became of what is kept for one that is off. */
function Kept({ of: { kept, erased } }: { of: Decided }) {
  const { i18n } = useLingui()
  const count = i18n.number(erased)
  switch (kept) {
    case 'erasing':
      return <span><Trans>What was kept for it is being erased, {count} so far</Trans></span>
    case 'erased':
      return <span><Trans>What was kept for it is erased</Trans></span>
    default:
      return <span><Trans>What is kept for it is out of sight</Trans></span>
  }
}

function OpenTo({ of: { decided }, all }: { of: ApplicationState; all: readonly Department[] }) {
  const { t, i18n } = useLingui()
  const names = (decided?.department_ids ?? []).map((id) => departmentPath(all, id).join(' / ') || t`A department that is not there any more`)
  const listed = new Intl.ListFormat(i18n.locale).format(names)
  switch (decided?.open_to) {
    case 'nobody':
      return <Trans>Off for everyone</Trans>
    case 'only':
      return names.length === 0 ? <Trans>Off for everyone: its departments are gone</Trans> : <Trans>On only in {listed}, and below</Trans>
    case 'except':
      return names.length === 0 ? <Trans>On for everyone</Trans> : <Trans>Off in {listed}, and below</Trans>
    default:
      return <Trans>On for everyone</Trans>
  }
}
