/** What an import did, and its result with the initial passwords of who is new, until it was downloaded (ACC-06). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Import } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { saveFile } from '~/lib/saveFile'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Button, ButtonLink } from '~/ui/Button'
import { useSay } from '~/ui/say'
import { peopleKeys } from '../queries'
import { SignInAddress } from '../SignInAddress'
import { CountCards } from './CountCards'
import styles from './imports.module.css'
import { downloadResult, forgetResult, importKeys } from './queries'
import { isOpen, Undo } from './Undo'

export function Done({ of }: { of: Import }) {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const isUndone = of.deeds.length > 0 && !of.deeds.some(isOpen)
  // Who was here before keeps the password they have; who is gone again has none.
  const hasPasswords = of.report.counts.created > 0 && of.deeds.every((one) => one.kind !== 'created' || isOpen(one))
  const until = dayAndClock(of.expires_at, i18n.locale)
  const outcome = isUndone ? t`The import was undone.` : t`The import is written.`
  useSay(outcome)
  // The people may have been read while they were being written.
  useEffect(() => void markStale(queries, peopleKeys()), [queries])
  const take = useMutation({
    mutationFn: async () => {
      const { content, name } = await downloadResult(of.id, i18n.locale)
      saveFile(content, name ?? t`imported-people.csv`)
      // Only what has arrived whole is forgotten there; when this does not get through, the file is still to be had.
      await forgetResult(of.id)
    },
    onSettled: () => markStale(queries, importKeys()),
  })
  return (
    <>
      <div className={styles.said}><Banner tone={isUndone ? 'info' : 'accent'}>{outcome}</Banner></div>
      <CountCards counts={of.report.counts} isWritten />
      <Section
        title={hasPasswords ? t`Result and initial passwords` : t`Result`}
        {...(hasPasswords && { lead: t`Hand the passwords over in person or on paper. They are good for 14 days and must be changed at the first sign-in.` })}
      >
        {hasPasswords && <p className={styles.quiet}><Trans>They sign in at this address:</Trans></p>}
        {hasPasswords && <SignInAddress />}
        {take.error && <div className={styles.said}><Banner tone="bad" isAlert>{problemText(take.error)}</Banner></div>}
        {of.has_result ? (
          <>
            <p className={styles.quiet}>{hasPasswords ? <Trans>This file can be downloaded once, until {until}. After that nobody can read the passwords any more, not even on this server.</Trans> : <Trans>This file can be downloaded once, until {until}.</Trans>}</p>
            <div className={styles.actions}>
              <Button variant="primary" icon={Download} isPending={take.isPending} onPress={() => take.mutate()}><Trans>Download once</Trans></Button>
            </div>
          </>
        ) : (
          <p className={styles.quiet}>{hasPasswords ? <Trans>The file was downloaded. Whoever lost their password gets a new one from you.</Trans> : <Trans>The file was downloaded.</Trans>}</p>
        )}
      </Section>
      <Undo of={of} />
      <ButtonLink href={links.admin(slug, 'people')}><Trans>To the people</Trans></ButtonLink>
    </>
  )
}
