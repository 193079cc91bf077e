/** The departments from the top down: who leads each, and how many people it has. On a phone they stand below each other. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { listOf } from '~/lib/lists'
import { MemberAvatar } from '~/shell/MemberAvatar'
import type { MembersById } from '~/shell/members'
import { Icon } from '~/ui/Icon'
import { type Branch, linesOf, stepOf, WHOLE } from './branches'
import styles from './Chart.module.css'

interface Props {
  root: Branch
  /** How large it is drawn; 1 is as everything else. */
  scale: number
  name: string
  count: number | undefined
  leaders: MembersById
  onToggle: (id: string) => void
  onMore: (id: string) => void
  /** Its people are to be shown. */
  onOpen: (id: string) => void
}

type Shared = Omit<Props, 'root' | 'scale' | 'onToggle' | 'onMore' | 'onOpen'>

export function ChartTree({ root, scale, onToggle, onMore, onOpen, ...shared }: Props) {
  const { t } = useLingui()
  const tree = useRef<HTMLUListElement>(null)
  const goal = useRef<string | null>(null)
  const [wanted, setWanted] = useState(WHOLE)
  const lines = linesOf(root)
  // What was closed above takes the focus of what lies below with it.
  const here = lines.some((one) => one.id === wanted) ? wanted : WHOLE
  const open = (id: string) => {
    const one = lines.find((line) => line.id === id)
    if (one !== undefined && one.rest > 0) {
      goal.current = lines[lines.indexOf(one) - 1]?.id ?? WHOLE
      return onMore(id)
    }
    onOpen(id)
  }
  const focus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.dataset['branch']
    if (id !== undefined) setWanted(id)
  }
  /** Moves the focus there, once it is drawn. */
  const arrive = () => {
    const there = goal.current === null ? null : tree.current?.querySelector<HTMLElement>(`[data-branch="${goal.current}"]`)
    if (!there) return
    goal.current = null
    there.focus({ preventScroll: true })
    there.querySelector('[data-card]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }
  useEffect(arrive)
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return event.key === ' ' && lines.some((one) => one.id === here && one.hasBelow) ? onToggle(here) : open(here)
    }
    const step = stepOf(lines, here, event.key)
    if (step === null) return
    event.preventDefault()
    if ('toggle' in step) return onToggle(step.toggle)
    goal.current = step.go
    arrive()
  }
  const click = (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Element)) return
    const id = event.target.closest<HTMLElement>('[data-branch]')?.dataset['branch']
    if (id === undefined || !event.target.closest('[data-card]')) return
    setWanted(id)
    if (event.target.closest('[data-fold]')) onToggle(id)
    else open(id)
  }
  return (
    <ul ref={tree} role="tree" className={styles.tree} style={{ zoom: scale }} aria-label={t`Organisation chart`} onKeyDown={press} onFocus={focus} onClick={click}>
      <BranchItem of={root} size={1} place={1} here={here} {...shared} />
    </ul>
  )
}

interface ItemProps extends Shared {
  of: Branch
  size: number
  place: number
  here: string
}

function BranchItem({ of, size, place, here, ...shared }: ItemProps) {
  const { i18n } = useLingui()
  const { department } = of
  const label = of.rest > 0 ? plural(of.rest, { one: '# more department', other: '# more departments' }) : (department?.name ?? shared.name)
  const count = department?.member_count ?? (of.id === WHOLE ? shared.count : undefined)
  const led = (department?.leader_ids ?? []).flatMap((id) => shared.leaders.get(id) ?? [])
  const names = listOf(i18n.locale, led.map((one) => one.name))
  const people = count === undefined ? '' : plural(count, { one: '# person', other: '# people' })
  const [first] = led
  return (
    <li role="none" className={styles.branch}>
      <div role="treeitem" className={styles.card} aria-level={of.level} aria-setsize={size} aria-posinset={place} aria-expanded={of.hasBelow ? of.isOpen : undefined} tabIndex={of.id === here ? 0 : -1} data-branch={of.id} data-card>
        {first && <span aria-hidden="true"><MemberAvatar member={first} size={32} /></span>}
        <span className="grow">
          <b className={styles.name} dir="auto">{label}</b>
          {names !== '' && <span className={`${styles.led} ellipsis`} dir="auto">{names}</span>}
          {people !== '' && <span className={styles.count}>{people}</span>}
        </span>
        {of.hasBelow && <span className={styles.fold} aria-hidden="true" data-fold data-open={of.isOpen || undefined}><Icon icon={ChevronDown} size={16} /></span>}
      </div>
      {of.isOpen && (
        <ul role="group" className={styles.below}>
          {of.below.map((one, at) => <BranchItem key={one.id} of={one} size={of.below.length} place={at + 1} here={here} {...shared} />)}
        </ul>
      )}
    </li>
  )
}
