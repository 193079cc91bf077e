/** Brings in a file of vCards: first what it would do, then doing it. Nothing is written while a line is wrong. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { ContactImport, ContactKind } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Segmented } from '~/ui/Segmented'
import { toast } from '~/ui/toast'
import { Problems } from './Problems'
import { importFile } from './queries'
import { useKindNames } from './words'
import styles from './contacts.module.css'

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const kinds = useKindNames()
  const [kind, setKind] = useState<ContactKind>('external')
  const [file, setFile] = useState<File | null>(null)
  const tried = useMutation({ mutationFn: (chosen: File) => importFile(chosen, kind, false) })
  const write = useMutation({
    mutationFn: (chosen: File) => importFile(chosen, kind, true),
    onSuccess: async (done) => {
      await markStale(queries, [keyOf('/v1/contacts')])
      toast(plural(done.new_count, { one: '# contact added', other: '# contacts added' }))
      onClose()
    },
  })
  const choose = (files: FileList | null) => {
    const chosen = files?.[0]
    if (!chosen) return
    setFile(chosen)
    tried.mutate(chosen)
  }
  const found = tried.data
  const error = tried.error ?? write.error
  const isReady = file !== null && found !== undefined && found.problems.length === 0 && found.new_count > 0
  return (
    <Dialog
      title={t`Import vCards`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Cancel</Trans></Button>
          <Button variant="primary" isDisabled={!isReady} isPending={write.isPending} onPress={() => file && write.mutate(file)}><Trans>Add them</Trans></Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.quiet}><Trans>A .vcf file of another address book, version 3.0 or 4.0. Those you have already are left as they are; only you see the new ones until you share them.</Trans></p>
        <Segmented label={t`Kind`} value={kind} onChange={setKind} views={[{ id: 'external', label: kinds.external }, { id: 'customer', label: kinds.customer }]} />
        <div>
          <FileTrigger acceptedFileTypes={['.vcf', 'text/vcard', 'text/x-vcard']} onSelect={choose}>
            <Button isPending={tried.isPending}>{file === null ? t`Choose a file` : t`Choose another file`}</Button>
          </FileTrigger>
        </div>
        {error !== null && <Banner tone="bad" isAlert>{textOf(error)}</Banner>}
        {found && <Found found={found} />}
      </div>
    </Dialog>
  )
}

function Found({ found }: { found: ContactImport }) {
  const { t } = useLingui()
  if (found.problems.length > 0) return <Problems problems={found.problems} />
  const fresh = plural(found.new_count, { one: '# new contact', other: '# new contacts' })
  const known = plural(found.known_count, { one: '# you have already', other: '# you have already' })
  return (
    <div className={styles.found} role="status">
      <b>{found.known_count > 0 ? `${fresh} · ${known}` : fresh}</b>
      {found.cards.length > 0 && (
        <ul className={styles.preview} aria-label={t`New contacts`}>
          {found.cards.map((card, at) => <li key={at}>{[card.name, card.company, card.phones?.[0]?.number].filter(Boolean).join(' · ')}</li>)}
        </ul>
      )}
      {found.new_count > found.cards.length && <p className={styles.quiet}><Trans>The first {found.cards.length} are shown.</Trans></p>}
    </div>
  )
}
