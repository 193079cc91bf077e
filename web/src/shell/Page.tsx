/** The columns of a page: side navigation, the reading column with its head, and what lies beside it. */
import { useLingui } from '@lingui/react/macro'
import { ArrowLeft } from 'lucide-react'
import { type CSSProperties, type ReactNode, type Ref, useEffect, useId, useRef } from 'react'
import { Link } from 'react-aria-components'
import { useIsPhone, useMedia } from '~/lib/useMedia'
import { Icon, type LucideIcon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Tooltip, TooltipTrigger } from '~/ui/Tooltip'
import { ColumnEdge } from './ColumnEdge'
import { useColumn } from './layout'
import { FindButton } from './FindWays'
import styles from './Page.module.css'

interface ColumnsProps {
  /** The quiet column on the canvas: a list or a navigation. */
  side: ReactNode
  children: ReactNode
  aside?: ReactNode
  size?: 'nav' | 'list'
  /** Which of them a phone shows. */
  phone: 'side' | 'main' | 'aside'
}

export function Columns({ side, children, aside, size = 'nav', phone }: ColumnsProps) {
  const column = size === 'nav' ? 'navigation' : 'tree'
  const widths: Record<string, string> = { '--side': `${useColumn(column)}px`, '--card': `${useColumn('card')}px` }
  const style: CSSProperties = widths
  return (
    <div className={styles.columns} data-size={size} data-phone={phone} data-aside={aside !== undefined || undefined} style={style}>
      <div className={styles.side}>{side}</div>
      <ColumnEdge column={column} property="--side" side="before" />
      <div className={styles.main}>{children}</div>
      {aside !== undefined && (
        <>
          <ColumnEdge column="card" property="--card" side="after" />
          <div className={styles.aside}>{aside}</div>
        </>
      )}
    </div>
  )
}

interface HeadProps {
  title: ReactNode
  lead?: ReactNode
  actions?: ReactNode | undefined
  /** Where the phone's back arrow goes. */
  back?: string
  /** As wide as the body below it. */
  width?: 'wide' | 'narrow'
}

/** The title of a page and what can be done there. */
export function PageHead({ title, lead, actions, back, width }: HeadProps) {
  const { t } = useLingui()
  return (
    <header className={styles.head} data-width={width}>
      {back !== undefined && (
        <span className={styles.back}>
          <IconButton icon={ArrowLeft} size="touch" label={t`Back`} href={back} />
        </span>
      )}
      <h1 className={styles.title}>{title}</h1>
      {actions !== undefined && actions !== false && <div className={styles.actions}>{actions}</div>}
      {back === undefined && <FindButton />}
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
    </header>
  )
}

/** Scrolls, also by keyboard; everything a page says goes in here. `narrow` keeps forms readable. */
export function PageBody({ children, width = 'wide' }: { children: ReactNode; width?: 'wide' | 'narrow' }) {
  return (
    <div className={styles.scroll} tabIndex={0} data-scroller>
      <div className={styles.body} data-width={width}>{children}</div>
    </div>
  )
}

interface SectionProps {
  title?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  /** Where something else on the page leads here: it takes the focus and says its title. */
  anchor?: Ref<HTMLElement>
  children: ReactNode
}

/** A part of a page with its own heading. */
export function Section({ title, lead, actions, anchor, children }: SectionProps) {
  const heading = useId()
  return (
    <section ref={anchor} className={styles.section} {...(anchor !== undefined && { tabIndex: -1 })} {...(title !== undefined && { 'aria-labelledby': heading })}>
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.sectionHead}>
          <div className="grow">
            {title !== undefined && <h2 id={heading} className={styles.sectionTitle}>{title}</h2>}
            {lead !== undefined && <p className={styles.sectionLead}>{lead}</p>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}

/** The title of a side column; on a phone it is the page, and `back` its way back. */
export function SideHead({ title, actions, back }: { title: string; actions?: ReactNode; back?: string }) {
  const { t } = useLingui()
  // On a phone the side is a page of its own.
  const Heading = useIsPhone() ? 'h1' : 'h2'
  return (
    <div className={styles.sideHead}>
      {back !== undefined && (
        <span className={styles.back}>
          <IconButton icon={ArrowLeft} size="touch" label={t`Back`} href={back} />
        </span>
      )}
      <Heading className="grow">{title}</Heading>
      {actions}
      {back === undefined && <FindButton />}
    </div>
  )
}

/** On a tablet only its icon is drawn, so that the page beside it has room; the word is its name and tooltip. */
interface NavItemProps {
  href: string
  icon: LucideIcon
  isCurrent: boolean
  children: ReactNode
  end?: ReactNode
}

export function NavItem({ href, icon, isCurrent, children, end }: NavItemProps) {
  const isNarrow = useMedia('(min-width: 768px) and (max-width: 1023.98px)')
  // In a long navigation and a low window, where one is would be out of sight.
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView?.({ block: 'nearest' })
  }, [isCurrent])
  return (
    <TooltipTrigger delay={300} isDisabled={!isNarrow}>
      <Link ref={link} href={href} className={styles.navItem} aria-current={isCurrent ? 'page' : undefined}>
        <Icon icon={icon} />
        <span className={`${styles.navWord} grow ellipsis`}>{children}</span>
        {end !== undefined && <span className={styles.navEnd}>{end}</span>}
      </Link>
      <Tooltip>{children}</Tooltip>
    </TooltipTrigger>
  )
}

export function NavHeading({ children }: { children: ReactNode }) {
  return <div className={styles.navHeading}>{children}</div>
}
