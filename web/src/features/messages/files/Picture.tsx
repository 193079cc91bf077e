/** A picture in a place whose size is known before it loads. What is shown stays when its address is renewed. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { Icon } from '~/ui/Icon'
import { addressesOf, type FilePlace } from './addresses'
import { type FileAddresses, type FileRef, isShown } from './types'
import { useUnshown } from './unshown'
import { useVisible } from './useVisible'
import styles from './Picture.module.css'

interface Props {
  file: FileRef
  place: FilePlace
  /** Addresses that came with a list. */
  known?: FileAddresses
}

/** The first address that was good, until it fails. */
function useSource(wanted: string | null, onFailed: () => void) {
  const [shown, setShown] = useState<string | null>(wanted)
  const [failed, setFailed] = useState<readonly string[]>([])
  if (shown === null && wanted !== null && !failed.includes(wanted)) setShown(wanted)
  const fail = () => {
    if (shown === null) return
    setFailed((those) => [...those, shown])
    setShown(null)
    if (failed.length === 0) onFailed()
  }
  return { source: shown, isBroken: failed.length > 1, fail }
}

export function Picture({ file, place, known }: Props) {
  const { t } = useLingui()
  const [ref, isVisible] = useVisible<HTMLSpanElement>()
  const unshown = useUnshown().of(file)
  const query = useQuery({ ...addressesOf(place), enabled: isVisible && isShown(file), initialData: known })
  // Never the large one in place of a small one that is not there.
  const address = isShown(file) ? (query.data?.thumbnail ?? null) : null
  const { source, isBroken, fail } = useSource(address, () => void query.refetch())
  const isGone = unshown !== null || isBroken || (query.isError && source === null)
  return (
    <span ref={ref} className={styles.place}>
      {source !== null && <img className={styles.picture} src={source} alt={file.name} draggable={false} decoding="async" onError={fail} />}
      {isGone && <Icon icon={ImageOff} size={21} label={unshown ?? t`${file.name} could not be loaded`} className={styles.broken} />}
    </span>
  )
}
