/** The first administrator, who is also the owner. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '~/ui/Checkbox'
import type { Session } from '~/api/types'
import { PasswordField } from '~/ui/PasswordField'
import { PasswordStrength } from '~/ui/PasswordStrength'
import { TextField } from '~/ui/TextField'
import { AccountLine } from '../AccountLine'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

interface Props {
  form: SetUpForm
  /** Whoever has an account on this server founds with it. */
  signedIn: Session | null
}

export function AdministratorStep({ form, signedIn }: Props) {
  const { t } = useLingui()
  const { values, bind, set, errors } = form
  const asksHandles = signedIn === null || [errors.user_id, errors.phone, errors.email].some((error) => error !== undefined) || [values.user_id, values.phone, values.email].some((text) => text !== '')
  return (
    <div className={styles.step}>
      <h1 className={styles.title}><Trans>First administrator</Trans></h1>
      <p className={styles.lead}><Trans>This is you. You become the owner of the organisation and can make others administrators later.</Trans></p>
      <div className={styles.fields}>
        <TextField {...bind('name')} label={t`Your name`} size="l" autoComplete="name" autoFocus />
        {signedIn !== null && <AccountLine signedIn={signedIn} does="found" />}
        {asksHandles && (
          <>
            <TextField {...bind('user_id')} label={t`User ID`} size="l" autoComplete="username" description={t`Short name to sign in with, such as li.wei.`} />
            <div className={styles.pair}>
              <TextField {...bind('phone')} label={t`Phone (optional)`} size="l" type="tel" autoComplete="tel" />
              <TextField {...bind('email')} label={t`E-mail (optional)`} size="l" type="email" autoComplete="email" />
            </div>
          </>
        )}
        {signedIn === null && (
          <>
            <PasswordField {...bind('password')} label={t`Password`} size="l" autoComplete="new-password" />
            <PasswordStrength password={values.password} personal={[values.name, values.user_id, values.name_zh, values.name_en]} isRefused={errors.password !== undefined} />
            <Checkbox isSelected={values.remember} onChange={(isOn) => set('remember', isOn)}>
              <Trans>Keep me signed in on this device</Trans>
            </Checkbox>
          </>
        )}
      </div>
    </div>
  )
}
