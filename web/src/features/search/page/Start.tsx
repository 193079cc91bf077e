/** The page before anything is looked for: what was looked for last, and how a search is narrowed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Button as Plain } from 'react-aria-components'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Switch } from '~/ui/Switch'
import { OperatorHelp } from '../OperatorHelp'
import { useSearchesMessages } from '../narrowing'
import { useRecent } from '../palette/recent'
import styles from './Start.module.css'

export function Start({ onChoose }: { onChoose: (words: string) => void }) {
  const { t } = useLingui()
  const recent = useRecent(true)
  const searchesMessages = useSearchesMessages()
  return (
    <div className={styles.start}>
      {recent.words.length > 0 && (
        <section>
          <div className={styles.head}>
            <h2>{t`Recent searches`}</h2>
            <Button size="s" variant="ghost" onPress={recent.clear}><Trans>Forget all</Trans></Button>
          </div>
          <ul className={styles.words}>
            {recent.words.map((word) => {
              const { text } = word
              return (
                <li key={word.id}>
                  <Plain className={styles.word} onPress={() => onChoose(text)}><span className="ellipsis" dir="auto">{text}</span></Plain>
                  <IconButton icon={X} size="s" label={t`Forget “${text}”`} onPress={() => recent.forget(word)} />
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {recent.isKept !== null && (
        <Switch isSelected={recent.isKept} onChange={recent.keep} description={<Trans>You alone see them. Without it, those there are go at once.</Trans>}>
          <Trans>Keep my last 20 searches</Trans>
        </Switch>
      )}
      {searchesMessages && <OperatorHelp />}
    </div>
  )
}
