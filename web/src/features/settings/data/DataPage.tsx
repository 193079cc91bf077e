/** What is kept of me: the ring plan with its table, what leaves soon, and who did something with it (C1, C5, C17). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { OwnData } from '~/api/types'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMe } from '~/shell/session'
import { useWords } from '~/shell/words'
import { ButtonLink } from '~/ui/Button'
import { RingBands } from '~/ui/RingBands'
import { Skeleton } from '~/ui/Skeleton'
import { ownData } from '../queries'
import { Reveals } from '../Reveals'
import { DataUses } from './DataUses'
import { KindSheet } from './KindSheet'
import { KindTable } from './KindTable'
import { shownKinds } from './kinds'
import { LeavingSoon } from './LeavingSoon'
import styles from './data.module.css'

export function DataPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(ownData())
  return (
    <>
      <PageTitle>{t`What is stored about me`}</PageTitle>
      <PageHead
        title={t`What is stored about me`}
        lead={t`Counted when you opened this page, in every place that a copy of your data is made of.`}
        back={links.me(slug)}
        actions={<ButtonLink variant="primary" icon={Download} href={links.settings(slug, 'privacy')}><Trans>Take a copy</Trans></ButtonLink>}
      />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={8} />}>{(data) => <Held data={data} />}</QueryState>
        <DataUses />
        <Reveals />
      </PageBody>
    </>
  )
}

function Held({ data }: { data: OwnData }) {
  const { t } = useLingui()
  const me = useMe()
  const wordsOf = useWords()
  const [selected, setSelected] = useState<string | null>(null)
  const kinds = shownKinds(data)
  const held = kinds.filter((kind) => kind.records > 0)
  const open = kinds.find((kind) => kind.of.function === selected)
  return (
    <Section>
      <div className={styles.top}>
        <figure>
          <RingBands
            label={t`Kinds of data about me; further out, kept longer. The table below says the same.`}
            bands={held.map((kind) => ({ id: kind.of.function, label: wordsOf(kind.of.name), level: kind.level, colour: kind.colour }))}
            selected={selected}
          >
            {me && <MemberAvatar member={me} size={64} />}
          </RingBands>
          <figcaption><Trans>Further out, kept longer</Trans></figcaption>
        </figure>
        <LeavingSoon kinds={kinds} />
      </div>
      <KindTable kinds={kinds} selected={selected} onOpen={setSelected} />
      {open && <KindSheet of={open.of} onClose={() => setSelected(null)} />}
    </Section>
  )
}
