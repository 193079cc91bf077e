/** What is looked through. */
import { useLingui } from '@lingui/react/macro'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useIsOn } from '~/shell/applications'
import { type Scope, SCOPES } from '~/shell/finding'
import { useScopeNames } from '../names'
import type { Question } from '../useGroups'
import styles from './Scopes.module.css'

export function Scopes({ value, onChange }: { value: Question['scope']; onChange: (scope: Scope) => void }) {
  const { t } = useLingui()
  const names = useScopeNames()
  const isOn = useIsOn()('message_search')
  const offered = SCOPES.filter((scope) => isOn || (scope !== 'messages' && scope !== 'files'))
  return (
    <ToggleButtonGroup
      aria-label={t`Search in`}
      className={styles.scopes}
      selectionMode="single"
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange(SCOPES.find((scope) => keys.has(scope)) ?? 'all')}
    >
      {offered.map((scope) => (
        <ToggleButton key={scope} id={scope} className={styles.scope}>{names[scope]}</ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
