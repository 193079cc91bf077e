/** Switches between at most four views of the same thing. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { Icon, type LucideIcon } from './Icon'
import styles from './Segmented.module.css'

interface Props<Id extends string> {
  label: string
  views: readonly { id: Id; label: string; icon?: LucideIcon }[]
  value: Id
  onChange: (value: Id) => void
}

export function Segmented<Id extends string>({ label, views, value, onChange }: Props<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.group}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = views.find((view) => keys.has(view.id))
        if (chosen) onChange(chosen.id)
      }}
    >
      {views.map((view) => (
        <ToggleButton key={view.id} id={view.id} className={styles.view}>
          {view.icon && <Icon icon={view.icon} size={15} />}
          {view.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
