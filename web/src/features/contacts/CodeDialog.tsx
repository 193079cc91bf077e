/** One's own contact code, to be scanned by a colleague (QR-01). It says nothing about its owner to anybody else. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, RefreshCw } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { dayAndClock } from '~/lib/dates'
import { QueryState } from '~/shell/QueryState'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { contactCode } from './queries'
import styles from './contacts.module.css'

const QrCode = lazy(() => import('./QrCode').then((part) => ({ default: part.QrCode })))

export function CodeDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const found = useQuery(contactCode())
  const renew = useMutation({
    mutationFn: () => call('post', '/v1/contact-code/renew', {}),
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/contact-code')])
      toast(t`The codes from before lead nowhere now`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const copy = (link: string) => void navigator.clipboard.writeText(link).then(() => toast(t`Link copied`))
  return (
    <Dialog
      title={t`My contact code`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button icon={RefreshCw} isPending={renew.isPending} onPress={() => renew.mutate()}><Trans>Make a new one</Trans></Button>
          <Button icon={Copy} isDisabled={found.data === undefined} onPress={() => found.data && copy(found.data.link)}><Trans>Copy the link</Trans></Button>
        </>
      }
    >
      <QueryState of={found} skeleton={<Skeleton rows={4} />}>
        {(code) => (
          <div className={styles.code}>
            <div className={styles.paper}>
              <Suspense fallback={<Skeleton rows={4} />}><QrCode text={code.link} label={t`My contact code`} /></Suspense>
            </div>
            <p><Trans>A colleague who scans it can write to you. To people outside your organisation it says nothing.</Trans></p>
            <p className={styles.quiet}><Trans>It ends {dayAndClock(code.ends_at, i18n.locale)}; this window shows a new one before. Making a new one ends those from before at once.</Trans></p>
          </div>
        )}
      </QueryState>
    </Dialog>
  )
}
