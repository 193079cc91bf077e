/** The beam across the wall: which organisation, where it is hosted, what waits, and who I am. */
import { Trans, useLingui } from '@lingui/react/macro'
import { BadgeCheck, Bell, ChevronsUpDown, Keyboard, LogOut, MessageCircleQuestionMark, Moon, Settings, ShieldCheck, Sun, UserRound } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Member, SessionOrganisation } from '~/api/types'
import { organisationName } from '~/lib/names'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem, MenuSection, MenuSeparator } from '~/ui/Menu'
import { askAdministrator } from './asking'
import { useBadges } from './badges'
import { BrandMark } from './BrandMark'
import { useBrand } from './brand'
import { FindField } from './FindWays'
import { links } from './links'
import { MemberAvatar } from './MemberAvatar'
import { setTheme } from './preferences'
import { isOpen, useMe, useOrganisationName, useSession, useSignOut } from './session'
import { showShortcuts } from './Shortcuts'
import styles from './TopBar.module.css'

export function TopBar({ slug }: { slug: string }) {
  const { t } = useLingui()
  const notifications = useBadges((badges) => badges.notifications)
  const me = useMe()
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <BrandMark />
        <OrganisationSwitch slug={slug} />
      </div>
      <div className={styles.search}>
        <FindField on="wall" />
      </div>
      <div className={styles.end}>
        <span className={styles.host}>
          <Icon icon={ShieldCheck} size={14} />
          <span className="ellipsis"><Trans>Self-hosted · {location.host}</Trans></span>
        </span>
        <IconButton icon={Bell} tone="wall" label={notifications > 0 ? t`Notifications, ${notifications} unread` : t`Notifications`} href={links.notifications(slug)} hasDot={notifications > 0} />
        {me && <MeMenu slug={slug} me={me} />}
      </div>
    </header>
  )
}

function OrganisationSwitch({ slug }: { slug: string }) {
  const { i18n, t } = useLingui()
  const current = useOrganisationName()
  const session = useSession()
  const places = session?.organisations ?? []
  const here = places.find((place) => place.slug === slug)
  const short = useBrand()?.name
  const name = short ?? (current || (here ? organisationName(here, i18n.locale) : ''))
  const mark = here?.is_verified === true && <span role="img" aria-label={t`Verified`} title={t`Verified`}><Icon icon={BadgeCheck} size={15} /></span>
  const isInvited = places.some((place) => place.state === 'invited')
  const detailOf = (place: SessionOrganisation) => {
    if (place.state === 'invited') return t`Invited`
    if (!isOpen(place)) return t`Suspended`
    return place.is_verified ? t`Verified` : undefined
  }
  if (places.length < 2) return <span className={styles.organisation}><span>{name}</span>{mark}</span>
  return (
    <Menu
      label={t`Organisations`}
      placement="bottom start"
      trigger={
        <Button className={styles.organisation}>
          <span>{name}</span>
          {mark}
          {isInvited && <b className={styles.waits}><span className="hidden-visually">{t`You are invited`}</span></b>}
          <Icon icon={ChevronsUpDown} size={14} />
        </Button>
      }
    >
      {places.map((place) => (
        <MenuItem
          key={place.id}
          href={place.state === 'invited' ? links.invitations() : links.organisation(place.slug)}
          textValue={organisationName(place, i18n.locale)}
          isCurrent={place.slug === slug}
          isDisabled={!isOpen(place) && place.state !== 'invited'}
          detail={detailOf(place)}
        >
          {organisationName(place, i18n.locale)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function MeMenu({ slug, me }: { slug: string; me: Member }) {
  const { t } = useLingui()
  const signOut = useSignOut()
  return (
    <Menu
      label={t`Me`}
      trigger={
        <Button className={styles.me} aria-label={t`Me: ${me.name}`}>
          <MemberAvatar member={me} size={28} />
        </Button>
      }
      header={
        <div className={styles.card}>
          <MemberAvatar member={me} size={40} />
          <div className="grow">
            <div className={`${styles.name} ellipsis`}>{me.name}</div>
            <div className={`${styles.detail} ellipsis`}>{me.position ?? me.email ?? me.user_id ?? me.phone}</div>
          </div>
        </div>
      }
    >
      <MenuItem icon={UserRound} href={links.settings(slug, 'profile')}>{t`My profile`}</MenuItem>
      <MenuItem icon={Keyboard} keys="Mod /" onAction={() => showShortcuts()}>{t`Keyboard shortcuts`}</MenuItem>
      <MenuItem icon={Settings} href={links.settings(slug, 'appearance')}>{t`Settings`}</MenuItem>
      <MenuItem icon={MessageCircleQuestionMark} onAction={() => askAdministrator()}>{t`Ask my administrator`}</MenuItem>
      <MenuSeparator />
      <MenuSection title={t`Theme`}>
        <MenuItem icon={Sun} onAction={() => setTheme('light')}>{t`Light`}</MenuItem>
        <MenuItem icon={Moon} onAction={() => setTheme('dark')}>{t`Dark`}</MenuItem>
      </MenuSection>
      <MenuSeparator />
      <MenuItem icon={LogOut} onAction={() => signOut.mutate()}>{t`Sign out`}</MenuItem>
    </Menu>
  )
}
