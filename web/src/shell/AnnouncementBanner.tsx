/** One quiet line with the newest announcement that waits, until one closes it; what must be confirmed is confirmed where its text stands. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Megaphone, X } from 'lucide-react'
import { untwisted } from '~/lib/bidi'
import { FocusHome } from '~/ui/FocusHome'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Link } from '~/ui/Link'
import { useSay } from '~/ui/say'
import styles from './AnnouncementBanner.module.css'
import { useIsOn } from './applications'
import { useReadAnnouncement, waitingAnnouncements } from './announcements'
import { links } from './links'

export function AnnouncementBanner({ slug }: { slug: string }) {
  const { t } = useLingui()
  const isOn = useIsOn()('announcements')
  const found = useQuery({ ...waitingAnnouncements(), enabled: isOn }).data
  const read = useReadAnnouncement()
  const page = links.announcements(slug)
  // There it stands anyway.
  const isOnPage = useLocation({ select: (place) => place.pathname === page })
  const newest = isOnPage || !isOn ? undefined : found?.items[0]
  const title = untwisted(newest?.title ?? '')
  useSay(newest ? t`Announcement: ${title}` : null)
  if (!newest) return null
  const others = (found?.waiting ?? 1) - 1
  return (
    <section className={styles.banner} aria-label={t`Announcement`}>
      <FocusHome />
      <Icon icon={Megaphone} />
      <span className={`grow ${styles.words}`}>
        <bdi className={styles.title}>{title}</bdi>
        <Link href={page}>{others > 0 ? <Plural value={others} one="Read it, and # more" other="Read it, and # more" /> : <Trans>Read it</Trans>}</Link>
      </span>
      {/* Not disabled meanwhile: the keyboard would lose it. */}
      {!newest.must_be_confirmed && <IconButton icon={X} size="s" label={t`Close the announcement`} onPress={() => !read.isPending && read.mutate(newest)} />}
    </section>
  )
}
