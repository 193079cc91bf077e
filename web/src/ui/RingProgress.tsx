/** How far something has come, drawn on the ring. */
import { ProgressBar } from 'react-aria-components'

interface Props {
  label: string
  value: number
  max?: number
  size?: number
}

export function RingProgress({ label, value, max = 100, size = 40 }: Props) {
  const length = Math.PI * 2 * 15
  return (
    <ProgressBar aria-label={label} value={value} maxValue={max}>
      {({ percentage }) => (
        <svg width={size} height={size} viewBox="0 0 36 36" fill="none" aria-hidden="true">
          <circle cx="18" cy="18" r="15" stroke="var(--line-2)" strokeWidth="4" />
          <circle
            cx="18"
            cy="18"
            r="15"
            stroke="var(--accent)"
            strokeWidth="4"
            strokeLinecap="round"
            strokeDasharray={`${(length * (percentage ?? 0)) / 100} ${length}`}
            transform="rotate(-90 18 18)"
          />
          <circle cx="18" cy="18" r="3" fill="var(--mark-vivid)" />
        </svg>
      )}
    </ProgressBar>
  )
}
