/** A copy of my data: asked for with the password, written by the server, downloaded for a week, deleted when I like (DSR-01). */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Download, FileArchive, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { PersonalExport } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { saveFrom } from '~/lib/saveFile'
import { useOnline } from '~/lib/useOnline'
import { isLanguage } from '~/shell/language'
import { Section } from '~/shell/Page'
import { useProof } from '~/shell/ProveAgain'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Icon } from '~/ui/Icon'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { RingProgress } from '~/ui/RingProgress'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { copies, copyAddress } from './queries'
import styles from './settings.module.css'

const stale = () => [keyOf('/v1/personal-exports')]

export function CopySection() {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const isOnline = useOnline()
  const found = useQuery(copies())
  const ask = useMutation({
    mutationFn: () => call('post', '/v1/personal-exports', { body: { language: isLanguage(i18n.locale) ? i18n.locale : 'en' } }),
    onSuccess: () => markStale(queries, stale()),
    onError: (error) => {
      if (!proof.ask(error, () => ask.mutate())) toast(textOf(error), { tone: 'bad' })
    },
  })
  const isWriting = found.data?.items.some((one) => one.state === 'writing') === true
  return (
    <Section
      title={t`A copy of my data`}
      lead={t`Everything that is kept of you here, to read, to print and as JSON for other programs: profile, sign-ins and devices, what you wrote, your files, contacts, settings, and what was recorded about you. Others appear only by name; what they wrote is not in it, also where you forwarded it, and passwords never are. A copy lives up to seven days, and keeps what is deleted meanwhile until then.`}
      actions={<Button isPending={ask.isPending} isDisabled={!isOnline || isWriting || found.data === undefined} onPress={() => ask.mutate()}><Trans>Make a copy</Trans></Button>}
    >
      {!isOnline && <Banner tone="warn"><Trans>Without a connection no copy can be made or downloaded.</Trans></Banner>}
      <QueryState of={found} skeleton={<Skeleton rows={1} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t`No copy yet`}><Trans>It takes some minutes. You are told when it is ready, and can download it for seven days.</Trans></EmptyState>
          ) : (
            <ul className={styles.rows} aria-label={t`A copy of my data`}>{items.map((one) => <Copy key={one.id} of={one} isOnline={isOnline} />)}</ul>
          )
        }
      </QueryState>
      <PrivacyLine seenBy={t`Only you`} />
      {proof.dialog}
    </Section>
  )
}

function Copy({ of, isOnline }: { of: PersonalExport; isOnline: boolean }) {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const proof = useProof()
  // Asked before the browser follows the address: what it is refused there would stand in place of the page.
  const take = useMutation({
    mutationFn: () => call('get', '/v1/personal-exports/{personal_export}', { path: { personal_export: of.id } }),
    onSuccess: (found) => {
      if (found.must_prove) proof.first(() => take.mutate())
      else saveFrom(copyAddress(of.id, slug), 'my-data.zip')
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/personal-exports/{personal_export}', { path: { personal_export: of.id } }),
    onSuccess: async () => {
      setAsking(false)
      await markStale(queries, stale())
      toast(t`Copy deleted`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const isReady = of.state === 'ready'
  const isWriting = of.state === 'writing'
  const [asked, until] = [dayAndClock(of.asked_at, i18n.locale), dayAndClock(of.until, i18n.locale)]
  const records = <Plural value={of.records} one="# record" other="# records" />
  return (
    <li className={styles.copy}>
      {isWriting ? <RingProgress label={t`The copy is being written`} /> : <Icon icon={isReady ? FileArchive : CircleAlert} size={19} />}
      <div className="grow">
        <b>{isWriting ? <Trans>Being written since {asked}</Trans> : <Trans>Copy of {asked}</Trans>}</b>
        <small>
          {isReady && <Trans>{records} · can be downloaded until {until}</Trans>}
          {isWriting && <Trans>{records} so far · you may leave this page</Trans>}
          {!isReady && !isWriting && <Trans>It did not work. Ask for another one.</Trans>}
        </small>
      </div>
      <div className={styles.buttons}>
        {isReady && <Button size="s" variant="primary" icon={Download} isDisabled={!isOnline} isPending={take.isPending} onPress={() => take.mutate()}><Trans>Download</Trans></Button>}
        <Button size="s" icon={Trash2} isDisabled={!isOnline} onPress={() => setAsking(true)}>{isWriting ? <Trans>Stop</Trans> : <Trans>Delete</Trans>}</Button>
      </div>
      <ConfirmDialog title={isWriting ? t`Stop writing this copy?` : t`Delete this copy?`} confirm={isWriting ? t`Stop` : t`Delete`} isOpen={isAsking} onOpenChange={setAsking} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <Trans>What is kept of you stays as it is; only the copy goes. You can ask three times within a day.</Trans>
      </ConfirmDialog>
      {proof.dialog}
    </li>
  )
}
