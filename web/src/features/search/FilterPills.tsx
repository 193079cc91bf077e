/** Ways to narrow a search without knowing its operators: who sent it, where, when, and what it is. */
import { useLingui } from '@lingui/react/macro'
import { CalendarDays, Files, MessagesSquare, UserRound } from 'lucide-react'
import { Button } from 'react-aria-components'
import { KINDS } from '~/shell/finding'
import { Icon, type LucideIcon } from '~/ui/Icon'
import { Menu, MenuItem } from '~/ui/Menu'
import { DayPicker } from './DayPicker'
import { useKindNames } from './names'
import { useSearchesMessages } from './narrowing'
import { operatorName } from './query/operators'
import type { DraftState } from './query/useDraft'
import styles from './FilterPills.module.css'

interface Props {
  draft: DraftState
  /** An operator was written into the field: what it is about is written next. */
  onWritten: () => void
}

export function FilterPills({ draft, onWritten }: Props) {
  const { t, i18n } = useLingui()
  const kinds = useKindNames()
  const searchesMessages = useSearchesMessages()
  const { filters, text } = draft.draft
  const name = (operator: 'from' | 'in') => {
    draft.write(`${text.trimEnd()}${text.trim() === '' ? '' : ' '}${operatorName(operator, i18n.locale)}:`)
    onWritten()
  }
  if (!searchesMessages) return null
  return (
    <div className={styles.pills} role="group" aria-label={t`Narrow`}>
      {filters.from === undefined && <Pill icon={UserRound} onPress={() => name('from')}>{t`Sent by`}</Pill>}
      {filters.in === undefined && <Pill icon={MessagesSquare} onPress={() => name('in')}>{t`In`}</Pill>}
      <DayPicker filters={filters} onChange={draft.narrow} trigger={<Pill icon={CalendarDays}>{t`Time`}</Pill>} />
      {filters.kind === undefined && (
        <Menu label={t({ message: 'Kind', context: 'of what is looked for' })} trigger={<Pill icon={Files}>{t({ message: 'Kind', context: 'of what is looked for' })}</Pill>}>
          {KINDS.map((kind) => (
            <MenuItem key={kind} onAction={() => draft.narrow({ kind })}>{kinds[kind]}</MenuItem>
          ))}
        </Menu>
      )}
    </div>
  )
}

function Pill({ icon, children, onPress }: { icon: LucideIcon; children: string; onPress?: () => void }) {
  return (
    <Button className={styles.pill} onPress={onPress}>
      <Icon icon={icon} size={14} />
      {children}
    </Button>
  )
}
