/** What is done with personal data, a line for each purpose. */
import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import type { ComposedMap } from '~/api/types'
import { useUntil } from '~/shell/until'
import { Chip } from '~/ui/Chip'
import { IconButton } from '~/ui/IconButton'
import { Table, type Column } from '~/ui/Table'
import type { Activity } from './activities'
import styles from './dataMap.module.css'
import { useMapWords } from './useMapWords'

interface Props {
  map: ComposedMap
  activities: readonly Activity[]
  /** Absent on paper, where nothing opens. */
  onOpen?: (purpose: string) => void
}

export function ActivityTable({ map, activities, onOpen }: Props) {
  const { t } = useLingui()
  const { word, functionName, purposeName, recipientName } = useMapWords(map)
  const until = useUntil()
  const grounds = (id: string) => {
    const purpose = map.purposes[id]
    return purpose === undefined ? [] : [word('cn', purpose.cn), word('eu', purpose.eu)]
  }
  const kept = (activity: Activity) => [...new Set(activity.flows.flatMap((flow) => (flow.until ? until(flow.until) : [])))]
  const columns: Column<Activity>[] = [
    { id: 'purpose', title: t`Purpose`, isHead: true, cell: (one) => <span className={styles.purpose}><b>{functionName(one.function)}</b><small>{purposeName(one.purpose)}</small></span> },
    { id: 'kinds', title: t`Kinds of data`, cell: (one) => one.categories.map((category) => word('category', category)).join(' · ') || '–' },
    { id: 'sensitive', title: t`Sensitive`, isSlim: true, cell: (one) => (one.isSensitive ? <Chip tone="warn">{t`sensitive`}</Chip> : <Chip>{t`ordinary`}</Chip>) },
    { id: 'ground', title: t`Legal ground`, cell: (one) => <span className={styles.purpose}>{grounds(one.purpose).map((ground) => <small key={ground}>{ground}</small>)}</span> },
    { id: 'recipients', title: t`Recipients`, cell: (one) => one.recipients.map(recipientName).join(' · ') || t`none` },
    { id: 'kept', title: t`Kept until`, cell: (one) => kept(one).join(' · ') || '–' },
  ]
  const more: Column<Activity> = { id: 'more', title: t`Details`, isTitleHidden: true, isNumber: true, cell: (one) => <IconButton icon={ChevronRight} size="s" label={t`Details: ${purposeName(one.purpose)}`} onPress={() => onOpen?.(one.purpose)} /> }
  return <Table label={t`What is done with personal data`} rows={activities} rowKey={(one) => one.purpose} columns={onOpen === undefined ? columns : [...columns, more]} />
}
