/** Every cookie there is, whose it is, what it is for, what stands in it and how long it stays; nothing else is set. CKE-02, CKE-04. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Cookie } from '~/api/types'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { readCookie, writeCookie } from '~/shell/preferences'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { cookies } from './queries'
import styles from './settings.module.css'

const HOUR_S = 3_600
const DAY_S = 86_400

export function CookiesPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useQuery(cookies())
  const kinds = { preference: t`Preference`, authentication: t`Sign-in`, security: t`Security` }
  const removePreferences = () => {
    const set = found.data?.items.filter((cookie) => cookie.kind === 'preference') ?? []
    for (const cookie of set) writeCookie(cookie.name, null)
    toast(t`Preference cookies removed. The defaults return when you reload.`)
    void found.refetch()
  }
  return (
    <>
      <PageTitle>{t`Cookies`}</PageTitle>
      <PageHead
        title={t`Cookies`}
        lead={t`Only for signing in, for security and for what you chose to be remembered. No advertising, no tracking, nothing for third parties.`}
        back={links.me(slug)}
        actions={<Button onPress={removePreferences}><Trans>Remove preference cookies</Trans></Button>}
      />
      <PageBody>
        <Section>
          <QueryState of={found} skeleton={<Skeleton kind="table" rows={4} />}>
            {({ items }) => (
              <Table
                label={t`Cookies`}
                rows={items}
                rowKey={(cookie) => cookie.name}
                columns={[
                  { id: 'name', title: t({ message: 'Name', context: 'of a thing' }), isHead: true, cell: (cookie) => cookie.name },
                  { id: 'kind', title: t`Kind`, cell: (cookie) => kinds[cookie.kind] },
                  { id: 'site', title: t`Site`, cell: () => location.host },
                  { id: 'purpose', title: t`What for`, cell: (cookie) => cookie.purpose[isLanguage(i18n.locale) ? i18n.locale : 'en'] },
                  { id: 'kept', title: t`Kept for`, cell: (cookie) => <Kept of={cookie} /> },
                  { id: 'value', title: t`Value`, cell: (cookie) => <Value of={cookie} /> },
                  { id: 'set', title: t`Now`, cell: (cookie) => <span className={styles.whole}>{cookie.is_set ? <Chip tone="ok"><Trans>set</Trans></Chip> : <Chip><Trans>not set</Trans></Chip>}</span> },
                ]}
              />
            )}
          </QueryState>
        </Section>
      </PageBody>
    </>
  )
}

/** The browser keeps the one of signing in for longer than it is worth anything: that is said beside it. */
function Kept({ of: cookie }: { of: Cookie }) {
  return (
    <>
      <Time of={cookie} />
      {cookie.kind === 'authentication' && cookie.kept_for_s > 0 && (
        <small className={styles.quiet}><Trans>The sign-in ends sooner: once it has not been used for 30 days. If you did not ask to stay signed in, after 24 hours, and the cookie goes when the browser is closed.</Trans></small>
      )}
    </>
  )
}

function Time({ of: { kept_for_s: seconds } }: { of: Cookie }) {
  if (seconds <= 0) return <Trans>Until the browser is closed</Trans>
  if (seconds < DAY_S) {
    const hours = Math.round(seconds / HOUR_S)
    return <time dateTime={`PT${hours}H`}>{plural(hours, { one: '# hour', other: '# hours' })}</time>
  }
  const days = Math.round(seconds / DAY_S)
  return <time dateTime={`P${days}D`}>{plural(days, { one: '# day', other: '# days' })}</time>
}

/** A cookie that was sent but cannot be seen from here is closed to scripts. */
function Value({ of: cookie }: { of: Cookie }) {
  const value = readCookie(cookie.name)
  if (value !== '') return <code>{value}</code>
  if (cookie.is_set) return <Trans>No script can read it, ours included</Trans>
  return '–'
}
