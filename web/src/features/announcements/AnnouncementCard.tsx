/** One announcement, whole: who wrote it and when, what it says, and what one is asked to say. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import type { Announcement } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { dayAndClock } from '~/lib/dates'
import { isWaiting, useReadAnnouncement } from '~/shell/announcements'
import { MemberName } from '~/shell/MemberName'
import type { MembersById } from '~/shell/members'
import { useMe } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { LinkedText } from '~/ui/LinkedText'
import styles from './announcements.module.css'

export function AnnouncementCard({ of, people }: { of: Announcement; people: MembersById }) {
  const { t, i18n } = useLingui()
  const me = useMe()?.id
  const read = useReadAnnouncement()
  const waits = isWaiting(of, me)
  const name = <MemberName id={of.author_id} people={people} otherwise={<Trans>Somebody</Trans>} />
  const at = dayAndClock(of.at, i18n.locale)
  const until = of.until ? dayAndClock(of.until, i18n.locale) : ''
  return (
    <article className={styles.card} data-waiting={waits || undefined}>
      <header className={styles.head}>
        <h2 className={styles.title}><bdi>{untwisted(of.title)}</bdi></h2>
        <Mark of={of} me={me} />
      </header>
      <p className={styles.facts}>
        <span><Trans>{name} on <time dateTime={of.at}>{at}</time></Trans></span>
        {of.edited_at && <span>{t`Changed on ${dayAndClock(of.edited_at, i18n.locale)}`}</span>}
        {of.state === 'shown' && until !== '' && <span>{t`Until ${until}`}</span>}
      </p>
      {typeof of.text === 'string' && <LinkedText>{of.text}</LinkedText>}
      {waits && (
        <div>
          <Button variant={of.must_be_confirmed ? 'primary' : 'default'} icon={Check} isPending={read.isPending} onPress={() => read.mutate(of)}>
            {of.must_be_confirmed ? t`Got it` : t`Mark as read`}
          </Button>
        </div>
      )}
    </article>
  )
}

function Mark({ of, me }: { of: Announcement; me: string | undefined }) {
  if (of.state === 'withdrawn') return <Chip tone="warn"><Trans context="of an announcement">withdrawn</Trans></Chip>
  if (of.state === 'ended') return <Chip><Trans context="of an announcement">over</Trans></Chip>
  if (!isWaiting(of, me)) return of.is_confirmed ? <Chip tone="ok" icon={Check}><Trans>confirmed</Trans></Chip> : null
  return <Chip tone="mark">{of.must_be_confirmed ? <Trans>to be confirmed</Trans> : <Trans>unread</Trans>}</Chip>
}
