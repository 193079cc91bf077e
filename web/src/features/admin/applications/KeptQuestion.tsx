/** What is kept for an application, and what is to become of it while the application is off (ORG-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useProblemText } from '~/api/problems'
import type { KeptThings, WhatIsKept } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { RadioCards } from '~/ui/RadioCards'
import styles from '../admin.module.css'
import { keptThings } from '../queries'
import { useThingWords } from './words'

/** Nothing is counted further. */
const MOST = 10_000

interface Props {
  application: string
  value: WhatIsKept
  /** Absent where only erasing is left to decide. */
  onChange?: (value: WhatIsKept) => void
}

export function KeptQuestion({ application, value, onChange }: Props) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const kept = useQuery(keptThings(application))
  if (kept.isError) return <Banner tone="bad" isAlert>{textOf(kept.error)}</Banner>
  if (!kept.data) return <p role="status"><Trans>Counting what is kept for it …</Trans></p>
  const some = kept.data.items.filter((one) => one.count > 0)
  if (some.length === 0) return <p><Trans>Nothing is kept for it.</Trans></p>
  return (
    <>
      <Things of={some} />
      {onChange && (
        <RadioCards
          label={t`What is kept for it now`}
          columns={2}
          value={value}
          onChange={onChange}
          cards={[
            { id: 'kept', title: t`Kept out of sight`, detail: t`It is back when you switch this on again. Until then it expires as it would have.` },
            { id: 'erased', title: t({ message: 'Erased', context: 'what becomes of it' }), detail: t`For good. It cannot be brought back.` },
          ]}
        />
      )}
      {value === 'erased' && <p><Trans>That begins half a minute from now. Until it is done nobody switches this on again.</Trans></p>}
    </>
  )
}

function Things({ of }: { of: readonly KeptThings[] }) {
  const { t, i18n } = useLingui()
  const wordsOf = useThingWords()
  const most = i18n.number(MOST)
  return (
    <dl className={styles.facts}>
      {of.map(({ kind, count }) => (
        <div key={kind}>
          <dt>{wordsOf(kind)}</dt>
          <dd className="num">{count > MOST ? t`more than ${most}` : i18n.number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
