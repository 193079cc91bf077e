/** Proves that whoever sets up this server can read its log. */
import { Trans, useLingui } from '@lingui/react/macro'
import { TextField } from '~/ui/TextField'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

export function CodeStep({ form }: { form: SetUpForm }) {
  const { t } = useLingui()
  return (
    <div className={styles.step}>
      <h1 className={styles.title}><Trans>Is this server yours?</Trans></h1>
      <p className={styles.lead}>
        <Trans>The server printed a set-up code when it started, in the window or the log where it runs. Only somebody who can read it can set up this server.</Trans>
      </p>
      <div className={styles.fields}>
        <TextField {...form.bind('code')} label={t`Set-up code`} size="l" isMono autoFocus autoComplete="off" spellCheck="false" />
      </div>
    </div>
  )
}
