/** What may interrupt me. The browser is asked only by a press. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { NotificationSettings } from '~/api/types'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Skeleton } from '~/ui/Skeleton'
import { Switch } from '~/ui/Switch'
import { toast } from '~/ui/toast'
import { notificationSettings } from './queries'
import { ThisBrowser, useLeave } from './ThisBrowser'
import styles from './settings.module.css'

export function NotificationSettingsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(notificationSettings())
  return (
    <>
      <PageTitle>{t`Notifications`}</PageTitle>
      <PageHead title={t`Notifications`} lead={t`Everything reaches the list behind the bell. Here you choose what may interrupt you.`} back={links.me(slug)} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={4} />}>{(settings) => <Switches settings={settings} />}</QueryState>
      </PageBody>
    </>
  )
}

function Switches({ settings }: { settings: NotificationSettings }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const key = notificationSettings().queryKey
  const save = useMutation({
    mutationFn: (next: NotificationSettings) => call('put', '/v1/notification-settings', { body: next }),
    onMutate: (next) => queries.setQueryData(key, next),
    onError: (error) => {
      toast(textOf(error), { tone: 'bad' })
      return queries.invalidateQueries({ queryKey: key })
    },
  })
  const change = (part: Partial<NotificationSettings>) => save.mutate({ ...settings, ...part })
  const { leave, ask } = useLeave()
  const switchDesktop = (isOn: boolean) => {
    if (isOn) ask()
    change({ desktop: isOn })
  }
  return (
    <Section>
      <div className={styles.switches}>
        <Switch isSelected={settings.desktop} onChange={switchDesktop} description={t`On every device whose browser allows it, when Tulou is not in front.`}>
          <Trans>Show notifications</Trans>
        </Switch>
        {settings.desktop && <ThisBrowser leave={leave} onAsk={ask} />}
        <Switch isSelected={settings.shows_text} onChange={(isOn) => change({ shows_text: isOn })} description={t`Otherwise only that something arrived, not who or what.`}>
          <Trans>Show the text</Trans>
        </Switch>
        <Switch isSelected={settings.sound} onChange={(isOn) => change({ sound: isOn })}>
          <Trans>Play a sound</Trans>
        </Switch>
        <Switch isSelected={settings.mentions_only} onChange={(isOn) => change({ mentions_only: isOn })} description={t`Direct chats always count. In groups only when somebody mentions you.`}>
          <Trans>In groups, only mentions</Trans>
        </Switch>
      </div>
    </Section>
  )
}
