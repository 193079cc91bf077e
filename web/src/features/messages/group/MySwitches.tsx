/** How this person keeps the group. Each acts at once. */
import { useLingui } from '@lingui/react/macro'
import type { Conversation } from '~/api/types'
import { Switch } from '~/ui/Switch'
import { useMySettings } from '../useMySettings'
import styles from './GroupPanel.module.css'

export function MySwitches({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const change = useMySettings(conversation.id)
  const { is_muted, is_pinned } = conversation.my
  return (
    <section className={styles.switches} aria-label={t`For me`}>
      <Switch isSelected={is_pinned} onChange={(value) => change({ is_pinned: value })}>{t`Pin to the top`}</Switch>
      <Switch isSelected={is_muted} onChange={(value) => change({ is_muted: value })}>{t`Mute`}</Switch>
    </section>
  )
}
