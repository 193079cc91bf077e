/** My picture: chosen, cut to a circle on this device, then sent small. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Me } from '~/api/types'
import { MemberAvatar, pictureOf, pictureTag } from '~/shell/MemberAvatar'
import { Section } from '~/shell/Page'
import { Button } from '~/ui/Button'
import { toast } from '~/ui/toast'
import { CropDialog } from './CropDialog'
import styles from './settings.module.css'

export function PictureSection({ me }: { me: Me }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [chosen, setChosen] = useState<ImageBitmap | null>(null)
  const stale = () => markStale(queries, [keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')])
  const fail = async (error: unknown) => {
    toast(textOf(error), { tone: 'bad' })
    await stale()
  }
  const put = useMutation({
    mutationFn: (picture: Blob) => call('put', '/v1/me/avatar', { body: picture }, { seen: pictureTag(me) }),
    onSuccess: async () => {
      setChosen(null)
      await stale()
      toast(t`Picture saved`)
    },
    onError: fail,
  })
  const remove = useMutation({
    mutationFn: async () => {
      const before = await pictureOf(me)
      await call('delete', '/v1/me/avatar', {}, { seen: pictureTag(me) })
      return before
    },
    onSuccess: async (before) => {
      await stale()
      toast(t`Picture removed`, before ? { undo: () => put.mutate(before) } : {})
    },
    onError: fail,
  })

  const choose = async (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    try {
      setChosen(await createImageBitmap(file))
    } catch {
      toast(t`This file is not a picture this browser can read.`, { tone: 'bad' })
    }
  }

  return (
    <Section>
      <div className={styles.picture}>
        <MemberAvatar member={me} size={88} />
        <div>
          <div className={styles.buttons}>
            <FileTrigger acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp']} onSelect={(files) => void choose(files)}>
              <Button><Trans>Choose a picture</Trans></Button>
            </FileTrigger>
            {typeof me.avatar === 'number' && (
              <Button variant="ghost" isPending={remove.isPending} onPress={() => remove.mutate()}><Trans>Remove</Trans></Button>
            )}
          </div>
          <p className={styles.hint}><Trans>PNG, JPEG or WebP. It is cut on this device; place and camera data in it are not sent.</Trans></p>
        </div>
      </div>
      {chosen && <CropDialog picture={chosen} isPending={put.isPending} onCancel={() => setChosen(null)} onDone={(blob) => put.mutate(blob)} />}
    </Section>
  )
}
