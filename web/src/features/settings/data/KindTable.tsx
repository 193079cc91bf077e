/** The ring plan in words: each kind with how much there is, what it is for, until when, and what leaves soon. */
import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { useUntil } from '~/shell/until'
import { useWords } from '~/shell/words'
import { IconButton } from '~/ui/IconButton'
import { RingLevel } from '~/ui/RingBands'
import { Table } from '~/ui/Table'
import type { ShownKind } from './kinds'
import { useAmount } from './useAmount'
import styles from './data.module.css'

interface Props {
  kinds: readonly ShownKind[]
  selected: string | null
  onOpen: (kind: string) => void
}

export function KindTable({ kinds, selected, onOpen }: Props) {
  const { t, i18n } = useLingui()
  const wordsOf = useWords()
  const until = useUntil()
  const amount = useAmount()
  const kept = (kind: ShownKind) => [...new Set(kind.of.places.filter((place) => place.records > 0).map((place) => until(place.until)))]
  return (
    <Table
      label={t`What is stored about me`}
      rows={kinds}
      rowKey={(kind) => kind.of.function}
      isSelected={(kind) => kind.of.function === selected}
      columns={[
        { id: 'kind', title: t`Kind`, isHead: true, cell: (kind) => <span className={styles.kind}>{kind.records > 0 && <i data-colour={kind.colour} aria-hidden="true" />}{wordsOf(kind.of.name)}</span> },
        { id: 'records', title: t`Records`, isNumber: true, cell: (kind) => amount(kind.records, kind.certainty) },
        { id: 'why', title: t`What for`, cell: (kind) => <span className={styles.why}>{kind.of.purposes.slice(0, 2).map((purpose) => wordsOf(purpose.sentence)).join(' · ')}{kind.of.purposes.length > 2 && ' …'}</span> },
        { id: 'kept', title: t`Kept until`, cell: (kind) => (kind.records === 0 ? '–' : <span className={styles.kept}><RingLevel level={kind.level} colour={kind.colour} /><span>{kept(kind).slice(0, 2).join(' · ')}{kept(kind).length > 2 && ' …'}</span></span>) },
        { id: 'soon', title: t`Leaves within 14 days`, isNumber: true, cell: (kind) => (kind.soon === 0 ? '–' : kind.soon.toLocaleString(i18n.locale)) },
        { id: 'more', title: t`Details`, isTitleHidden: true, isNumber: true, cell: (kind) => <IconButton icon={ChevronRight} size="s" label={t`Details: ${wordsOf(kind.of.name)}`} onPress={() => onOpen(kind.of.function)} /> },
      ]}
    />
  )
}
