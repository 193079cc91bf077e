/** A button that is only an icon: its label is read out, and shown as a tooltip with its keys. */
import { memo } from 'react'
import { Button as AriaButton, Link as AriaLink, TooltipTrigger, type ButtonProps } from 'react-aria-components'
import { Icon, type LucideIcon } from './Icon'
import { Tooltip } from './Tooltip'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  icon: LucideIcon
  label: string
  keys?: string
  size?: 's' | 'm' | 'touch'
  tone?: 'plain' | 'wall' | 'line'
  isOn?: boolean
  hasDot?: boolean
  href?: string
}

const DRAWN = { s: 17, m: 18, touch: 21 }

export const IconButton = memo(function IconButton({ icon, label, keys, size = 'm', tone = 'plain', isOn, hasDot, href, ...rest }: IconButtonProps) {
  const look = { className: styles.button, 'data-size': size, 'data-tone': tone, 'data-on': isOn || undefined, 'aria-label': label }
  const inside = (
    <>
      <Icon icon={icon} size={DRAWN[size]} />
      {hasDot === true && <span className={styles.dot} aria-hidden="true" />}
    </>
  )
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {href === undefined ? <AriaButton {...rest} {...look} aria-pressed={isOn}>{inside}</AriaButton> : <AriaLink {...look} href={href}>{inside}</AriaLink>}
      <Tooltip keys={keys}>{label}</Tooltip>
    </TooltipTrigger>
  )
})

/** Drawn as one line each, where there are hundreds of them: in a grid of 24, like the icons of the set. */
const LINES = {
  more: 'M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0',
  reply: 'M20 18v-2a4 4 0 0 0-4-4H4M9 17l-5-5 5-5',
}

interface PlainProps {
  line: keyof typeof LINES
  label: string
  size?: 's' | 'touch'
  onPress: (button: HTMLElement) => void
}

/** The same beside each message: no tooltip of its own to set up, its title says it. */
export function PlainIconButton({ line, label, size = 's', onPress }: PlainProps) {
  return (
    <button type="button" className={styles.button} data-size={size} data-tone="plain" data-plain aria-label={label} title={label} onClick={(event) => onPress(event.currentTarget)}>
      <svg className={styles.line} viewBox="0 0 24 24" aria-hidden="true">
        <path d={LINES[line]} />
      </svg>
    </button>
  )
}
