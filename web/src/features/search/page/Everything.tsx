/** A few of each kind, with the way to all of them. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMembersById } from '~/shell/members'
import { type Scope, SCOPES } from '~/shell/finding'
import { Button } from '~/ui/Button'
import { useSay } from '~/ui/say'
import { Skeleton } from '~/ui/Skeleton'
import { authorOf } from '../items'
import { Troubles } from '../palette/Troubles'
import { FEW } from '../queries'
import type { Reading } from '../query/operators'
import { type Question, useGroups } from '../useGroups'
import { Row } from './Row'
import styles from './SearchPage.module.css'

interface Props {
  slug: string
  question: Question
  reading: Reading
  isSettled: boolean
  onScope: (scope: Scope) => void
}

export function Everything({ slug, question, reading, isSettled, onScope }: Props) {
  const { t } = useLingui()
  const found = useGroups(slug, question, question, isSettled)
  const people = useMembersById(found.groups.flatMap((group) => group.items.map(authorOf)))
  const count = found.groups.reduce((sum, group) => sum + group.items.length, 0)
  // Nothing found is said by what is shown then.
  useSay(found.isAsking || found.isStale || count === 0 ? null : t`${plural(count, { one: '# result', other: '# results' })}`)
  if (found.groups.length === 0 && found.isAsking) return <Skeleton rows={6} />
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t`Results`} aria-busy={found.isAsking}>
      {found.groups.map((group) => {
        const scope = SCOPES.find((one) => one === group.id)
        return (
          <section key={group.id} className={styles.group} aria-labelledby={`found-${group.id}`}>
            <div className={styles.groupHead}>
              <h2 id={`found-${group.id}`}>{group.title}</h2>
              {scope !== undefined && group.items.length >= FEW && <Button size="s" variant="ghost" onPress={() => onScope(scope)}><Trans>Show all</Trans></Button>}
            </div>
            <ul>
              {group.items.map((item) => <li key={item.key}><Row item={item} slug={slug} words={question.words} people={people} /></li>)}
            </ul>
          </section>
        )
      })}
      <Troubles question={question} found={found} reading={reading} hasNothing={found.groups.length === 0} />
    </div>
  )
}
