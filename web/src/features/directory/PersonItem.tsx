/** One person of a list, as a line or as a card, with the box that chooses them. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { MouseEvent } from 'react'
import { Checkbox, Link } from 'react-aria-components'
import { Check } from 'lucide-react'
import type { Department, Member } from '~/api/types'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentNames } from '~/shell/members'
import { useSlug } from '~/shell/routes'
import { Chip } from '~/ui/Chip'
import styles from './PersonItem.module.css'
import { canChoose } from './useChosen'

export type Look = 'list' | 'cards'

interface Props {
  look: Look
  /** A line is one line. */
  isCompact: boolean
  member: Member
  place: number
  departments: readonly Department[]
  /** The department whose people these are. */
  department: string | undefined
  isCurrent: boolean
  isChosen: boolean
  /** On a phone boxes are drawn, and lines choose instead of opening, once somebody asked for it. */
  isChoosing: boolean
  hasBox: boolean
  onChoose: (place: number, isRun: boolean) => void
}

export function PersonItem({ look, isCompact, member, place, departments, department, isCurrent, isChosen, isChoosing, hasBox, onChoose }: Props) {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const places = departmentNames(departments, member.department_ids, i18n.locale)
  const leads = department !== undefined && member.leads.includes(department)
  const detail = [member.position, places].filter(Boolean).join(' · ')
  const mayChoose = canChoose(member)
  const isCard = look === 'cards'
  /** A run is chosen with Shift, and a phone that is choosing does not leave the list. */
  const catchClick = (event: MouseEvent) => {
    if (!isChoosing && !event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    onChoose(place, event.shiftKey)
  }
  return (
    <div className={isCard ? styles.card : styles.line} data-current={isCurrent || undefined} data-chosen={isChosen || undefined} onClickCapture={catchClick} role="presentation">
      {hasBox && (
        <Checkbox className={styles.box} isSelected={isChosen} isDisabled={!mayChoose} excludeFromTabOrder aria-label={t`Choose ${member.name}`} onChange={() => onChoose(place, false)}>
          <span className={styles.tick} aria-hidden="true">{isChosen && <Check size={12} strokeWidth={3} />}</span>
        </Checkbox>
      )}
      <Link href={links.person(slug, member.id, department)} className={styles.link} aria-current={isCurrent ? 'page' : undefined} data-place={place}>
        <MemberAvatar member={member} size={sizeOf(look, isCompact)} />
        <span className={styles.words} data-compact={(isCompact && !isCard) || undefined}>
          <span className={styles.first}>
            <span className={`${styles.name} ellipsis`} dir="auto">{member.name}</span>
            {leads && <Chip isTag tone="accent">{t({ message: 'Leader', context: 'of a department' })}</Chip>}
            {member.is_me && <Chip isTag tone="accent"><Trans>me</Trans></Chip>}
            {member.state === 'suspended' && <Chip isTag tone="warn"><Trans>suspended</Trans></Chip>}
            {member.state === 'disabled' && <Chip isTag tone="warn"><Trans>disabled</Trans></Chip>}
            {member.state === 'leaving' && <Chip isTag tone="bad"><Trans>leaving</Trans></Chip>}
          </span>
          {isCard ? (
            <>
              <span className={`${styles.detail} ellipsis`}>{member.position}</span>
              <span className={`${styles.detail} ellipsis`}>{places}</span>
            </>
          ) : (
            detail !== '' && <span className={`${styles.detail} ellipsis`}>{detail}</span>
          )}
        </span>
        {!isCard && <span className={`${styles.number} num`}>{member.staff_number}</span>}
      </Link>
    </div>
  )
}

const sizeOf = (look: Look, isCompact: boolean) => (look === 'cards' ? 48 : isCompact ? 24 : 40)

/** Somebody who is not read yet keeps the place. */
export function PersonPlace({ look, isCompact }: { look: Look; isCompact: boolean }) {
  const size = sizeOf(look, isCompact)
  return (
    <div className={look === 'cards' ? styles.card : styles.line} aria-hidden="true">
      <span className={styles.link}>
        <span className={styles.blank} style={{ inlineSize: size, blockSize: size, borderRadius: '50%' }} />
        <span className={styles.words} data-compact={(isCompact && look === 'list') || undefined}>
          <span className={styles.blank} style={{ inlineSize: 96, blockSize: 12 }} />
          <span className={styles.blank} style={{ inlineSize: 180, blockSize: 10, maxInlineSize: '100%' }} />
        </span>
      </span>
    </div>
  )
}
