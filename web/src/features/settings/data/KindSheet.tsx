/** One kind of what is kept of me: each place with its rule, each purpose with its ground. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useUntil } from '~/shell/until'
import { useWords } from '~/shell/words'
import { Sheet } from '~/ui/Sheet'
import type { Kind } from './kinds'
import { useAmount } from './useAmount'
import styles from './data.module.css'

export function KindSheet({ of, onClose }: { of: Kind; onClose: () => void }) {
  const { t } = useLingui()
  const wordsOf = useWords()
  const until = useUntil()
  const amount = useAmount()
  return (
    <Sheet title={wordsOf(of.name)} isOpen onOpenChange={onClose}>
      <h3 className={styles.part}>{t`What there is`}</h3>
      <ul className={styles.rows}>
        {of.places.map((place) => {
          const [kept, rule] = [until(place.until), place.rule]
          return (
            <li key={place.id}>
              <b>{wordsOf(place.name)}</b>
              <span className="num">{amount(place.records, place.certainty)}</span>
              <small><Trans>Kept {kept}, because of rule {rule}</Trans></small>
            </li>
          )
        })}
      </ul>
      <h3 className={styles.part}>{t`What it is for, and why that is allowed`}</h3>
      <ul className={styles.rows}>
        {of.purposes.map((purpose) => (
          <li key={purpose.sentence.en}>
            <b>{wordsOf(purpose.sentence)}</b>
            <small>{wordsOf(purpose.cn)}</small>
            <small>{wordsOf(purpose.eu)}</small>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
