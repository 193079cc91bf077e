/** The buttons by which the chart is drawn smaller, larger, or so that all of it is seen. */
import { useLingui } from '@lingui/react/macro'
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { IconButton } from '~/ui/IconButton'
import { isLargest, isSmallest } from './size'
import styles from './Chart.module.css'

interface Props {
  scale: number
  onSmaller: () => void
  onLarger: () => void
  onFit: () => void
}

export function SizeButtons({ scale, onSmaller, onLarger, onFit }: Props) {
  const { t, i18n } = useLingui()
  const shown = i18n.number(scale, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <div role="group" className={styles.size} aria-label={t`Size of the chart`}>
      <IconButton icon={ZoomOut} size="s" label={t`Smaller`} keys="-" isDisabled={isSmallest(scale)} onPress={onSmaller} />
      <span className={styles.scale} role="status">{shown}</span>
      <IconButton icon={ZoomIn} size="s" label={t`Larger`} keys="+" isDisabled={isLargest(scale)} onPress={onLarger} />
      <IconButton icon={Maximize} size="s" label={t`Show all of it`} onPress={onFit} />
    </div>
  )
}
