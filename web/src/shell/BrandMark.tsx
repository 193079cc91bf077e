/** The organisation's logo, or Tulou's. The name stands beside it. */
import { useState } from 'react'
import { Logo } from '~/ui/Logo'
import { logoAddress, useBrand } from './brand'
import styles from './BrandMark.module.css'

export function BrandMark({ size = 26 }: { size?: number }) {
  const brand = useBrand()
  const [broken, setBroken] = useState<string | null>(null)
  const address = brand ? logoAddress(brand) : null
  if (address === null || address === broken) return <Logo size={size} />
  return (
    <span className={styles.mark}>
      <img src={address} alt="" width={size} height={size} onError={() => setBroken(address)} />
    </span>
  )
}
