/** All keys at a glance: by `?`, by Mod /, or from the menu of the own picture. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { create } from 'zustand'
import { Dialog } from '~/ui/Dialog'
import { Kbd } from '~/ui/Kbd'
import { Switch } from '~/ui/Switch'
import { useIsOn } from './applications'
import { setSingleKeys, usePreferences } from './preferences'
import { isSingleKey, shortcutGroups, type ShortcutGroup } from './shortcuts'
import styles from './Shortcuts.module.css'

const useOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }))

export const showShortcuts = (isOpen = true) => useOpen.setState({ isOpen })

export function Shortcuts() {
  const { t } = useLingui()
  const { isOpen } = useOpen()
  const { hasSingleKeys } = usePreferences()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isChord = event.key === '/' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.isComposing
      if (!isChord && !isSingleKey(event, '?')) return
      event.preventDefault()
      showShortcuts(isChord ? !useOpen.getState().isOpen : true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <Dialog title={t`Keyboard shortcuts`} size={720} isOpen={isOpen} onOpenChange={showShortcuts}>
      <div className={styles.groups}>
        {shortcutGroups().map((group) => <Group key={group.title.id} group={group} hasSingleKeys={hasSingleKeys} />)}
      </div>
      <div className={styles.choice}>
        <Switch isSelected={hasSingleKeys} onChange={setSingleKeys} description={<Trans>Without it only keys pressed together with another one are commands.</Trans>}>
          <Trans>Single-key shortcuts</Trans>
        </Switch>
      </div>
    </Dialog>
  )
}

function Group({ group, hasSingleKeys }: { group: ShortcutGroup; hasSingleKeys: boolean }) {
  const { i18n, t } = useLingui()
  const isOn = useIsOn()
  return (
    <section className={styles.group}>
      <h3>{i18n._(group.title)}</h3>
      <dl>
        {group.shortcuts.filter(({ application }) => application === undefined || isOn(application)).map(({ keys, does, single = [] }) => {
          const working = hasSingleKeys ? keys : keys.filter((one) => !single.includes(one))
          return (
            <div key={keys.join()} className={styles.shortcut}>
              <dt>{i18n._(does)}</dt>
              <dd>
                {working.map((one, place) => (
                  <span key={one}>
                    {place > 0 && <span className={styles.or}>{t`or`}</span>}
                    <Kbd>{one}</Kbd>
                  </span>
                ))}
                {working.length === 0 && <span className={styles.off}><Trans>switched off</Trans></span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
