/** What somebody else changed while one was changing it oneself: one sees it, and decides. */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import styles from './TheirChanges.module.css'
import { WhoChanged, type ToldChange } from './WhoChanged'

/** One thing that is different, as it is now. */
export interface TheirLine {
  id: string
  label: string
  value: ReactNode
}

/** One thing with what it was and is; it is a line when these differ. */
export interface ComparedLine extends TheirLine {
  was: unknown
  is: unknown
}

export const differing = (lines: readonly ComparedLine[]): TheirLine[] => lines.filter((line) => JSON.stringify(line.was) !== JSON.stringify(line.is))

interface Props {
  lines: readonly TheirLine[]
  onTake: () => void
  /** Where the audit log has it, for whoever may read that. */
  told?: ToldChange
}

export function TheirChanges({ lines, onTake, told }: Props) {
  return (
    <Banner>
      {told && <WhoChanged key={told.revision} events={told.events} about={told.about} />}
      {lines.length === 0 ? (
        <p className={styles.lines}><Trans>What they changed is not among what you see here.</Trans></p>
      ) : (
        <>
          <Trans>What they changed:</Trans>
          <dl className={styles.lines}>
            {lines.map(({ id, label, value }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{value === '' ? <Trans>Nothing</Trans> : value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Button size="s" onPress={onTake}><Trans>Take what they wrote</Trans></Button>
    </Banner>
  )
}
