/** Proves that whoever sets up this server can read its log. */
import { Trans, useLingui } from '@lingui/react/macro'
import { links } from '~/shell/links'
import { useCapabilities } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Link } from '~/ui/Link'
import { TextField } from '~/ui/TextField'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

interface Props {
  form: SetUpForm
  /** Known to be signed in nowhere. */
  isNobody: boolean
}

export function CodeStep({ form, isNobody }: Props) {
  const { t } = useLingui()
  const isFurther = useCapabilities()?.set_up === true
  const command = <code>tulou admin setup-code</code>
  return (
    <div className={styles.step}>
      <h1 className={styles.title}>{isFurther ? <Trans>A further organisation</Trans> : <Trans>Is this server yours?</Trans>}</h1>
      <p className={styles.lead}>
        {isFurther ? (
          <Trans>This server is set up already. Whoever runs it makes a code for a further organisation with {command}.</Trans>
        ) : (
          <Trans>The server printed a set-up code when it started, in the window or the log where it runs. Only somebody who can read it can set up this server.</Trans>
        )}
      </p>
      {form.isRecalled && <Banner><Trans>What you entered before is still here, except the code, the password and what you agreed to.</Trans></Banner>}
      <div className={styles.fields}>
        <TextField {...form.bind('code')} label={t`Set-up code`} size="l" isMono autoFocus autoComplete="off" spellCheck="false" />
        {isFurther && isNobody && <p><Link href={links.signIn()}><Trans>Sign in to an organisation that is here</Trans></Link></p>}
      </div>
    </div>
  )
}
