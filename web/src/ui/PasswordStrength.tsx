/** How hard a password is to guess, as far as this device can tell. The server has the last word. */
import { useLingui } from '@lingui/react/macro'
import { passwordStrength } from '~/lib/password'
import styles from './PasswordStrength.module.css'

interface Props {
  password: string
  personal: readonly string[]
  /** The field says what is wrong with it: no praise beside that. */
  isRefused?: boolean
}

export function PasswordStrength({ password, personal, isRefused = false }: Props) {
  const { t } = useLingui()
  const strength = passwordStrength(password, personal)
  const isSilent = password === '' || isRefused
  const words = [t`Too short: at least 8 characters`, t`Easy to guess: make it longer or less regular`, t`Fair: one more word makes it strong`, t`Strong`]
  return (
    <div className={styles.strength} data-strength={isSilent ? 'none' : strength} role="status">
      <span className={styles.bars} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{isSilent ? t`At least 8 characters. Three or four unrelated words work well.` : words[strength]}</span>
    </div>
  )
}
