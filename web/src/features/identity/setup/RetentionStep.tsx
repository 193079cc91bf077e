/** How long chat is kept: the first question about data, with its effect drawn next to it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { MessageCircle } from 'lucide-react'
import type { ChatRetentionDays } from '~/api/types'
import { Icon } from '~/ui/Icon'
import { RadioCards } from '~/ui/RadioCards'
import { RingPlan } from '~/ui/RingPlan'
import { daysOf } from '~/shell/until'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

const DAYS: ChatRetentionDays[] = [90, 180, 360, 720]

export function RetentionStep({ form }: { form: SetUpForm }) {
  const { t } = useLingui()
  const { values, set, errors } = form
  const days = values.retention
  const details: Record<ChatRetentionDays, string> = {
    90: t`One quarter. For teams that keep their results elsewhere.`,
    180: t`Half a year of conversations.`,
    360: t`About a year.`,
    720: t`About two years. For long projects.`,
  }
  const cards = DAYS.map((count) => ({ id: String(count), title: daysOf(count), detail: details[count] }))
  return (
    <div className={styles.two}>
      <div className={styles.step}>
        <h1 className={styles.title}><Trans>How long should Tulou keep messages?</Trans></h1>
        <p className={styles.lead}><Trans>Shorter is safer. Everybody sees this number next to their conversations, in plain words.</Trans></p>
        <RadioCards
          label={t`Messages are kept for`}
          columns={2}
          cards={cards}
          value={String(days)}
          errorMessage={errors.retention}
          onChange={(id) => {
            const chosen = DAYS.find((count) => String(count) === id)
            if (chosen !== undefined) set('retention', chosen)
          }}
        />
        <table className={styles.kept}>
          <tbody>
            <tr>
              <th scope="row"><Icon icon={MessageCircle} size={19} /><Trans>Messages</Trans></th>
              <td><Trans>{daysOf(days)}, then the key is destroyed</Trans></td>
            </tr>
          </tbody>
        </table>
      </div>
      <div className={styles.means}>
        <h2><Trans>What this means</Trans></h2>
        <Trans>Each wedge is one of the periods you can choose. The further out it reaches, the longer messages live; yours is in colour.</Trans>
        <RingPlan
          label={t`Messages are kept for ${daysOf(days)}`}
          sectors={DAYS.map((count) => ({
            id: String(count),
            label: count === days ? t`Your choice` : t`Possible`,
            value: daysOf(count),
            reach: count === 90 ? 0.25 : count === 180 ? 0.45 : count === 360 ? 0.7 : 1,
            colour: count === days ? 1 : 0,
          }))}
        />
      </div>
    </div>
  )
}
