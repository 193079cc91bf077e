/** Rules of retention: what goes by each, how long that is, and where it comes from. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { RetentionRule } from '~/api/types'
import { links } from '~/shell/links'
import { lengthOf, useUntil } from '~/shell/until'
import { useWords } from '~/shell/words'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { Table, type Column } from '~/ui/Table'
import styles from './retention.module.css'

interface Props {
  label: string
  rules: readonly RetentionRule[]
  /** Where one of them can be decided. */
  onChange?: () => void
}

/** The longest there is to draw. */
const LONGEST = 5

export function RuleTable({ label, rules, onChange }: Props) {
  const { t } = useLingui()
  const of = useWords()
  const until = useUntil()
  const columns: Column<RetentionRule>[] = [
    {
      id: 'what',
      title: t`What is kept`,
      isHead: true,
      cell: ({ name, functions }) => (
        <span className={styles.what}>
          {name && <b>{of(name)}</b>}
          <small>
            {functions.map((one, place) => (
              <span key={one.name.en}>
                {place > 0 && ' · '}
                {typeof one.section === 'string' ? <Link href={`${links.statement()}#${one.section}`}>{of(one.name)}</Link> : of(one.name)}
              </span>
            ))}
          </small>
        </span>
      ),
    },
    {
      id: 'kept',
      title: t`Kept`,
      cell: (rule) => (
        <span className={styles.kept}>
          <span className={styles.bar} aria-hidden="true"><i data-kind={rule.kind} style={{ inlineSize: `${(100 * lengthOf(rule.until)) / LONGEST}%` }} /></span>
          {rule.kind === 'floor' ? <Trans>{until(rule.until)}; the law asks for six months at least</Trans> : until(rule.until)}
        </span>
      ),
    },
    { id: 'decides', title: t`Who decides`, cell: ({ kind }) => <Who decides={kind} /> },
    { id: 'rule', title: t`Rule`, isSlim: true, cell: ({ id, clause }) => <span className={styles.rule}><code>{id}</code>{clause && <small>{clause}</small>}</span> },
    { id: 'places', title: t`Where`, isNumber: true, isSlim: true, cell: ({ places }) => plural(places, { one: '# place', other: '# places' }) },
  ]
  const change: Column<RetentionRule> = { id: 'change', title: t`Change`, isTitleHidden: true, isNumber: true, cell: () => <Button size="s" onPress={onChange}><Trans>Change</Trans></Button> }
  return <Table label={label} rows={rules} rowKey={(rule) => rule.id} columns={onChange === undefined ? columns : [...columns, change]} />
}

function Who({ decides }: { decides: RetentionRule['kind'] }) {
  switch (decides) {
    case 'organisation':
      return <Trans>Your organisation, within bounds</Trans>
    case 'floor':
      return <Trans>The law</Trans>
    case 'fixed':
      return <Trans>The program</Trans>
    case 'count':
      return <Trans>The program, by number</Trans>
    case 'lifecycle':
      return <Trans>What it belongs to</Trans>
  }
}
