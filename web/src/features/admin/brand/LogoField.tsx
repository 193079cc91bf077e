/** The logo: chosen, made small on this device, shown at the top of every page. */
import { Trans, useLingui } from '@lingui/react/macro'
import { FileTrigger } from 'react-aria-components'
import type { Brand } from '~/api/types'
import { BrandMark } from '~/shell/BrandMark'
import { Button } from '~/ui/Button'
import { toast } from '~/ui/toast'
import styles from './brand.module.css'
import { fitted } from './fitted'
import { useBrandChange } from './useBrandChange'

export function LogoField({ of }: { of: Brand }) {
  const { t } = useLingui()
  const { setLogo, removeLogo } = useBrandChange(of)
  const choose = async (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    const small = await fitted(file).catch(() => null)
    if (small) setLogo.mutate(small)
    else toast(t`This file is not a picture this browser can read.`, { tone: 'bad' })
  }
  return (
    <div className={styles.logo}>
      <span className={styles.wall}><BrandMark size={40} /></span>
      <div>
        <div className={styles.buttons}>
          <FileTrigger acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp']} onSelect={(files) => void choose(files)}>
            <Button isPending={setLogo.isPending}><Trans>Choose a logo</Trans></Button>
          </FileTrigger>
          {typeof of.logo === 'number' && <Button variant="ghost" isPending={removeLogo.isPending} onPress={() => removeLogo.mutate()}><Trans>Remove</Trans></Button>}
        </div>
        <p className={styles.hint}><Trans>PNG, JPEG or WebP; best square. It is made small on this device.</Trans></p>
      </div>
    </div>
  )
}
