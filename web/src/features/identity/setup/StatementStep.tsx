/** What the administrator agrees to, and what they attest for the organisation. */
import { Trans } from '@lingui/react/macro'
import type { Statement } from '~/api/types'
import { StatementSummary } from '~/shell/StatementText'
import { Checkbox } from '~/ui/Checkbox'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

export function StatementStep({ form, statement }: { form: SetUpForm; statement: Statement | undefined }) {
  const { values, set, errors } = form
  const version = statement?.version ?? ''
  return (
    <div className={styles.step}>
      <h1 className={styles.title}><Trans>Before you open the gate</Trans></h1>
      <p className={styles.lead}><Trans>In short, what happens to the data:</Trans></p>
      {statement && <StatementSummary statement={statement} />}
      <div className={styles.agree}>
        <p><Trans>What you tick here is recorded with the time and your device.</Trans></p>
        <Checkbox isSelected={values.accepts} onChange={(isOn) => set('accepts', isOn)} errorMessage={errors.accepts}>
          <Trans>I have read the privacy statement {version} and agree to it.</Trans>
        </Checkbox>
        <Checkbox isSelected={values.isAdult} onChange={(isOn) => set('isAdult', isOn)} errorMessage={errors.isAdult}>
          <Trans>I am 18 or older.</Trans>
        </Checkbox>
        <Checkbox isSelected={values.attests} onChange={(isOn) => set('attests', isOn)} errorMessage={errors.attests}>
          <Trans>I may act for this organisation, and the organisation answers as controller for the personal data it handles on this server.</Trans>
        </Checkbox>
      </div>
    </div>
  )
}
