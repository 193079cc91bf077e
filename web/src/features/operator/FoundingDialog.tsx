/** A further organisation: whoever will own it founds it with a code that works once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import styles from './operator.module.css'
import { OUTSIDE } from './queries'

export function FoundingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const make = useMutation({ mutationFn: () => call('post', '/v1/operator/founding-code', {}, OUTSIDE) })
  const made = make.data
  return (
    <Dialog
      title={t`New organisation`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{made ? <Trans>Close</Trans> : <Trans>Cancel</Trans>}</Button>
          {!made && <Button variant="primary" isPending={make.isPending} onPress={() => make.mutate()}><Trans>Make a code</Trans></Button>}
        </>
      }
    >
      <div className={styles.fields}>
        <p><Trans>Whoever will own the organisation founds it, with a code from you. It works once; a code that was made before works no more.</Trans></p>
        {make.error !== null && <Banner tone="bad" isAlert>{textOf(make.error)}</Banner>}
        {made && (
          <div className={styles.secret} role="status">
            <span className={styles.quiet}><Trans>Shown this once. To be entered at {made.address}</Trans></span>
            <code>{made.code}</code>
          </div>
        )}
      </div>
    </Dialog>
  )
}
