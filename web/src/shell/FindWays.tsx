/** The ways to the palette: Mod K anywhere, the field on the wall, and on a phone the field at the top of a module. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Kbd } from '~/ui/Kbd'
import { useIsOn } from './applications'
import { find, findingParts, stopFinding, useFinding } from './finding'
import styles from './FindWays.module.css'

/** Draws the palette and listens for its keys. Closed when the organisation is left. */
export function Finding() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isChord = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!isChord || event.isComposing) return
      event.preventDefault()
      if (useFinding.getState().start === null) find()
      else stopFinding()
    }
    addEventListener('keydown', press)
    return () => {
      removeEventListener('keydown', press)
      stopFinding()
    }
  }, [])
  return findingParts().map((Part, place) => <Part key={place} />)
}

/** Looks like the field it opens. */
export function FindField({ on }: { on: 'wall' | 'page' }) {
  const searchesMessages = useIsOn()('message_search')
  return (
    <Button className={styles.field} data-on={on} aria-haspopup="dialog" onPress={() => find()}>
      <Icon icon={Search} size={on === 'wall' ? 16 : 18} />
      <span className="grow ellipsis">{on !== 'wall' ? <Trans>Search</Trans> : searchesMessages ? <Trans>Search people, messages, files…</Trans> : <Trans>Search people, conversations…</Trans>}</span>
      {on === 'wall' && <span className={styles.keys} aria-hidden="true"><Kbd tone="inverse">Mod K</Kbd></span>}
    </Button>
  )
}

/** Where a phone has no room for the field. */
export function FindButton() {
  const { t } = useLingui()
  return (
    <span className={styles.button}>
      <IconButton icon={Search} size="touch" label={t`Search`} onPress={() => find()} />
    </span>
  )
}
