/** One thing of a leaver: what it is, who is to have it, and the two things one can decide. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { HandOverThing } from '~/api/types'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import styles from '../admin.module.css'
import { CandidateField } from './CandidateField'
import { useThingText } from './words'

interface Props {
  thing: HandOverThing
  successor: string | null
  refusal?: string | undefined
  isBusy: boolean
  onChoose: (id: string | null) => void
  onDecide: (successor: string | null) => void
}

export function ThingRow({ thing, successor, refusal, isBusy, onChoose, onDecide }: Props) {
  const { t } = useLingui()
  const { title, detail } = useThingText()(thing)
  const isAlone = thing.candidates.length === 0
  return (
    <article className={styles.act} aria-label={title}>
      <div className="grow">
        <p className={styles.actTitle}>{title}</p>
        <p className={styles.actFacts}>
          <span>{detail}</span>
          {thing.is_skipped && <Chip><Trans>stays as it is</Trans></Chip>}
        </p>
        {isAlone && <p className={styles.actFacts}><Trans>Nobody else is in it. It stays as it is.</Trans></p>}
        {!isAlone && !thing.can.hand_over && <p className={styles.actFacts}><Trans>You may not hand this over. Ask an administrator who may.</Trans> <AskAdministrator look="link" topic="access" /></p>}
      </div>
      {thing.can.hand_over && <CandidateField label={t`Successor for ${title}`} candidates={thing.candidates} value={successor} onChange={onChoose} errorMessage={refusal} />}
      {!thing.can.hand_over && refusal !== undefined && <p role="alert">{refusal}</p>}
      <div className={styles.save}>
        {!thing.is_skipped && <Button size="s" isDisabled={isBusy} aria-label={t`Skip ${title}`} onPress={() => onDecide(null)}><Trans>Skip</Trans></Button>}
        {thing.can.hand_over && (
          <Button size="s" variant="primary" isDisabled={isBusy || successor === null} aria-label={t`Hand over ${title}`} onPress={() => onDecide(successor)}>
            <Trans>Hand over</Trans>
          </Button>
        )}
      </div>
    </article>
  )
}
