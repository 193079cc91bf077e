/** What this device was asked for, in which state that is, and how to take it back (PERM-01, PERM-06, PERM-12). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useStore } from 'zustand'
import { dayAndClock } from '~/lib/dates'
import { explainedFor } from '~/shell/explained'
import { Section } from '~/shell/Page'
import { useOrganisation, useSession } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { toast } from '~/ui/toast'
import styles from './settings.module.css'

export function Permissions() {
  const { t } = useLingui()
  const account = useSession()?.account_id
  const organisation = useOrganisation()?.id
  if (account === undefined || organisation === undefined) return null
  return (
    <Section title={t`What this device may be asked for`} lead={t`Files and contacts come from the browser's own choosers, which give Tulou only what you pick. For the camera the browser asks.`}>
      <Files scope={`${account}/${organisation}`} />
      <Camera />
    </Section>
  )
}

function Files({ scope }: { scope: string }) {
  const { t, i18n } = useLingui()
  const explained = explainedFor(scope)
  const at = useStore(explained.store, (state) => state.at)
  const day = at === null ? '' : dayAndClock(at, i18n.locale)
  const takeBack = () => {
    explained.takeBack()
    toast(t`Taken back. Before the next file you are asked again.`)
  }
  return (
    <div className={styles.permission}>
      <div className="grow">
        <div className={styles.permissionName}><Trans>Photos, camera and files</Trans></div>
        <p className={styles.permissionText}>
          {at === null ? <Trans>Before the first file is chosen on this device, you are told what happens to it and asked.</Trans> : <Trans>Agreed on this device, {day}. What was sent stays as long as its message.</Trans>}
        </p>
      </div>
      {at === null ? <Chip><Trans>not agreed</Trans></Chip> : <Button size="s" onPress={takeBack}><Trans>Take back</Trans></Button>}
    </div>
  )
}

/** The camera looks for contact codes, and nothing it sees is sent: the browser keeps the answer, and takes it back (QR-01). */
function Camera() {
  return (
    <div className={styles.permission}>
      <div className="grow">
        <div className={styles.permissionName}><Trans>Camera, to scan contact codes</Trans></div>
        <p className={styles.permissionText}><Trans>Before it opens you are told what it is for, then the browser asks. Pictures stay on this device. You take it back in the browser's settings for this page.</Trans></p>
      </div>
    </div>
  )
}
