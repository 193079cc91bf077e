/** An initial password, shown this once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { dayAndClock } from '~/lib/dates'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { IconButton } from '~/ui/IconButton'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { SignInAddress } from '../SignInAddress'

interface Props {
  name: string
  password: string | null
  expiresAt: string | null
  /** The account already existed: it was invited and keeps its own password. */
  isInvited: boolean
  onClose: () => void
}

export function SecretDialog({ name, password, expiresAt, isInvited, onClose }: Props) {
  const { t, i18n } = useLingui()
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => toast(t`Password copied`))
  const until = expiresAt === null ? '' : dayAndClock(expiresAt, i18n.locale)
  return (
    <Dialog title={isInvited ? t`${name} is invited` : t`Initial password for ${name}`} isOpen isDismissable={false} onOpenChange={onClose} footer={<Button variant="primary" onPress={onClose}><Trans>Done</Trans></Button>}>
      <div className={styles.once}>
        {isInvited || password === null ? (
          <p><Trans>An account with this phone, e-mail or user ID is already here. It was invited and joins with its own password when its owner accepts.</Trans></p>
        ) : (
          <>
            <p><Trans>This is shown only now. Hand it over in person or by phone; {name} has to choose a password of their own at the first sign-in.</Trans></p>
            <div className={styles.secret}>
              <code>{password}</code>
              <IconButton icon={Copy} label={t`Copy the password`} onPress={() => copy(password)} />
            </div>
            <p><Trans>They sign in at this address:</Trans></p>
            <div className={styles.secret}><SignInAddress /></div>
            {until !== '' && <p><Trans>It works until {until}.</Trans></p>}
          </>
        )}
      </div>
    </Dialog>
  )
}
