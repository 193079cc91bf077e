/** Where people of this organisation sign in: a user id alone may also be somebody's in another one. */
import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { IconButton } from '~/ui/IconButton'
import { toast } from '~/ui/toast'
import styles from './admin.module.css'

export function SignInAddress() {
  const { t } = useLingui()
  const address = new URL(links.signInTo(useSlug()), location.origin).href
  return (
    <span className={styles.address}>
      <code>{address}</code>
      <IconButton icon={Copy} label={t`Copy the sign-in address`} onPress={() => void navigator.clipboard.writeText(address).then(() => toast(t`Link copied`))} />
    </span>
  )
}
