/** What is looked through. */
import { useLingui } from '@lingui/react/macro'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Scope } from '~/shell/finding'
import { useScopeNames } from '../names'
import { useScopes } from '../narrowing'
import type { Question } from '../useGroups'
import styles from './Scopes.module.css'

export function Scopes({ value, onChange }: { value: Question['scope']; onChange: (scope: Scope) => void }) {
  const { t } = useLingui()
  const names = useScopeNames()
  const offered = useScopes()
  return (
    <ToggleButtonGroup
      aria-label={t`Search in`}
      className={styles.scopes}
      selectionMode="single"
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange(offered.find((scope) => keys.has(scope)) ?? 'all')}
    >
      {offered.map((scope) => (
        <ToggleButton key={scope} id={scope} className={styles.scope}>{names[scope]}</ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
