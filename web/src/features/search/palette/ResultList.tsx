/** The lines of the palette, group by group, ruled by the field above. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { MembersById } from '~/shell/members'
import { Icon } from '~/ui/Icon'
import type { Combo } from '~/ui/useCombo'
import type { Group } from '../items'
import { Line } from '../Line'
import type { Recent } from './recent'
import styles from './ResultList.module.css'

interface Props {
  combo: Combo
  groups: readonly Group[]
  words: string
  people: MembersById
  /** While nothing is looked for, what was looked for before: each can be forgotten. */
  recent: Recent | null
}

export function ResultList({ combo, groups, words, people, recent }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.place}>
      <div {...combo.list} className={styles.list} aria-label={t`Results`}>
        {groups.map((group) => (
          <div key={group.id} role="group" aria-label={group.title === '' ? t`More` : group.title} className={styles.group}>
            {group.title !== '' && <div className={styles.title} role="presentation">{group.title}</div>}
            {group.items.map((item) => (
              <div key={item.key} {...combo.option(item.key)} className={styles.line} data-small={item.t === 'word' || item.t === 'all' || item.t === 'function' || item.t === 'narrow' || undefined}>
                <Line item={item} words={words} people={people} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {recent !== null && recent.words.length > 0 && <Forget recent={recent} />}
    </div>
  )
}

/** Stands over the ends of the lines: a line of a list cannot have a button of its own. */
function Forget({ recent }: { recent: Recent }) {
  const { t } = useLingui()
  return (
    <div className={styles.forget} role="group" aria-label={t`Forget recent searches`}>
      <Button className={styles.clear} onPress={recent.clear}><Trans>Forget all</Trans></Button>
      {recent.words.map((word) => {
        const { text } = word
        return (
          <Button key={word.id} className={styles.remove} aria-label={t`Forget “${text}”`} onPress={() => recent.forget(word)}>
            <Icon icon={X} size={15} />
          </Button>
        )
      })}
    </div>
  )
}
