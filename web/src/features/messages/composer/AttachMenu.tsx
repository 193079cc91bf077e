/** The ways to add files: from this device, and on a phone from its camera. The first time it says what happens to them. */
import { useLingui } from '@lingui/react/macro'
import { Camera, CirclePlus, Image, Paperclip, Video } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { useIsPhone, useMedia } from '~/lib/useMedia'
import type { Entry } from '../engine/entry'
import { useExplained } from '../uploads/useExplained'

type Source = 'file' | 'gallery' | 'photo' | 'film'

const accepts: Readonly<Record<Source, string | undefined>> = { file: undefined, gallery: 'image/*,video/*', photo: 'image/*', film: 'video/*' }

export function AttachMenu({ entry, onFiles }: { entry: Entry; onFiles: (files: readonly File[]) => void }) {
  const { t } = useLingui()
  const { first, dialog } = useExplained(entry)
  const inputs = useRef(new Map<Source, HTMLInputElement>())
  const isPhone = useIsPhone()
  const hasCamera = useMedia('(pointer: coarse)')
  const ask = (source: Source) => first(() => inputs.current.get(source)?.click())
  const input = (source: Source) => (
    <input
      ref={(element) => {
        if (element) inputs.current.set(source, element)
      }}
      type="file"
      hidden
      multiple={source === 'file' || source === 'gallery'}
      accept={accepts[source]}
      capture={source === 'photo' || source === 'film' ? 'environment' : undefined}
      aria-label={source === 'file' ? t`Files` : t`Pictures and videos`}
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])])
        // The same file may be chosen again.
        event.target.value = ''
      }}
    />
  )
  return (
    <>
      {isPhone ? (
        <Menu label={t`Add files`} placement="top end" trigger={<IconButton icon={CirclePlus} size="touch" label={t`Add files`} />}>
          <MenuItem icon={Image} onAction={() => ask('gallery')}>{t`Pictures and videos`}</MenuItem>
          {hasCamera && <MenuItem icon={Camera} onAction={() => ask('photo')}>{t`Take a photo`}</MenuItem>}
          {hasCamera && <MenuItem icon={Video} onAction={() => ask('film')}>{t`Record a video`}</MenuItem>}
          <MenuItem icon={Paperclip} onAction={() => ask('file')}>{t`Files`}</MenuItem>
        </Menu>
      ) : (
        <>
          <IconButton icon={Paperclip} size="s" label={t`Add files`} onPress={() => ask('file')} />
          <IconButton icon={Image} size="s" label={t`Pictures and videos`} onPress={() => ask('gallery')} />
        </>
      )}
      {input('file')}
      {input('gallery')}
      {input('photo')}
      {input('film')}
      {dialog}
    </>
  )
}
