/** The mark: the round house with its gate, and the hearth in the middle. */
interface LogoProps {
  size?: number
  tone?: 'wall' | 'accent'
}

export function Logo({ size = 26, tone = 'wall' }: LogoProps) {
  const stroke = tone === 'wall' ? 'var(--fg-wall)' : 'var(--accent)'
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke={stroke}>
        <path d="M13.1 27.7A12.1 12.1 0 1 1 18.9 27.7" strokeWidth="4.6" />
        <circle cx="16" cy="16" r="6.4" strokeWidth="1.5" opacity=".75" />
      </g>
      <circle cx="16" cy="16" r="2.9" fill="var(--mark-vivid)" />
    </svg>
  )
}
