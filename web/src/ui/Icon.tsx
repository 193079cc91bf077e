/** One icon of the set, drawn with the stroke its size asks for. Decorative unless it has a label. */
import type { LucideIcon } from 'lucide-react'

export type { LucideIcon }

interface IconProps {
  icon: LucideIcon
  size?: number
  label?: string
  className?: string
}

export function Icon({ icon: Drawn, size = 17, label, className }: IconProps) {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <Drawn size={size} strokeWidth={size >= 21 ? 1.6 : 1.75} className={className} {...named} />
}
