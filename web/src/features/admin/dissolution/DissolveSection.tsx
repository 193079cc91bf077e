/** The end of the organisation: what would go, what is taken away before, whether it was asked for, and how (ORG-09). Owners alone see it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '~/api/client'
import type { ActKind, Dissolution, Organisation, SensitiveAct } from '~/api/types'
import { bytes, dayAndClock } from '~/lib/dates'
import { openActs } from '~/shell/acts'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { useMay } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { Skeleton } from '~/ui/Skeleton'
import styles from '../admin.module.css'
import { DissolveDialog } from './DissolveDialog'

const KIND: ActKind = 'dissolution.dissolve_organisation'
const dissolution = () => query('get', '/v1/organisation/dissolution', {})

export function DissolveSection({ of }: { of: Organisation }) {
  const { t } = useLingui()
  const owns = useMay()('organisation.own')
  const found = useQuery({ ...dissolution(), enabled: owns })
  const waiting = useQuery({ ...openActs(), enabled: owns }).data?.items.find((act) => act.kind === KIND)
  const [isAsking, setAsking] = useState(false)
  if (!owns) return null
  return (
    <Section title={t`Dissolve the organisation`} lead={t`Nobody comes in any more, and 60 days later everything in it is erased for good. Until then its owners can bring it back.`}>
      <QueryState of={found} skeleton={<Skeleton kind="form" rows={2} />}>
        {(goes) => (
          <div className={styles.form}>
            <Going of={goes} />
            <Exports slug={of.slug} />
            {waiting !== undefined && <Waiting act={waiting} slug={of.slug} />}
            {waiting === undefined && <div className={styles.save}><Button variant="danger" onPress={() => setAsking(true)}><Trans>Dissolve …</Trans></Button></div>}
          </div>
        )}
      </QueryState>
      {isAsking && <DissolveDialog of={of} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Going({ of }: { of: Dissolution }) {
  const { i18n } = useLingui()
  return (
    <dl className={styles.facts}>
      <div>
        <dt><Trans>People</Trans></dt>
        <dd>{i18n.number(of.people)}</dd>
      </div>
      <div>
        <dt><Trans>Departments</Trans></dt>
        <dd>{i18n.number(of.departments)}</dd>
      </div>
      <div>
        <dt><Trans>Files</Trans></dt>
        <dd>{bytes(of.file_bytes, i18n.locale)}</dd>
      </div>
    </dl>
  )
}

/** What can be taken away before, and where; each only to whoever may. */
function Exports({ slug }: { slug: string }) {
  return (
    <div>
      <p><Trans>What you need of it, take with you before:</Trans></p>
      <ul className={styles.happens}>
        <li><Trans><Link href={links.admin(slug, 'people')}>People</Link>: whom and what you see of them in the directory, as a spreadsheet.</Trans></li>
        <li><Trans><Link href={links.admin(slug, 'audit')}>Audit log</Link>: who did what, and what was refused. Ids, times and small facts, nothing that anybody wrote.</Trans></li>
      </ul>
    </div>
  )
}

function Waiting({ act, slug }: { act: SensitiveAct; slug: string }) {
  const { i18n } = useLingui()
  const due = dayAndClock(act.due_at, i18n.locale)
  return (
    <Banner tone="warn" action={<Link href={links.admin(slug, 'decisions')}><Trans>Decisions</Trans></Link>}>
      {act.needs === 'second' ? <Trans>This was asked for. A second administrator decides until {due}.</Trans> : <Trans>This was asked for. It happens {due}, and everybody can see it coming.</Trans>}
    </Banner>
  )
}
