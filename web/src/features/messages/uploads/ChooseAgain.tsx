/** After a reload: the same file, so that its upload goes on where it broke off. */
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import { Button } from '~/ui/Button'
import { toast } from '~/ui/toast'
import { useMessages } from '../context'

export function ChooseAgain({ id, name, onChosen }: { id: string; name: string; onChosen?: () => void }) {
  const { t } = useLingui()
  const { uploads } = useMessages()
  const input = useRef<HTMLInputElement>(null)
  const take = (file: File | undefined) => {
    if (!file) return
    if (uploads.choose(id, file)) return onChosen?.()
    toast(t`That is another file. Choose ${name}.`, { tone: 'bad' })
  }
  return (
    <>
      <Button size="s" variant="soft" onPress={() => input.current?.click()}>{t`Choose again`}</Button>
      <input ref={input} type="file" hidden aria-label={name} onChange={(event) => take(event.target.files?.[0])} />
    </>
  )
}
