/** Leaving the organisation by oneself, where it lets its people: what happens is said first, and the password asked for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { depart } from '~/shell/departure'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { useProof } from '~/shell/ProveAgain'
import { useMe, useOrganisation, useOrganisationName } from '~/shell/session'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { toast } from '~/ui/toast'
import styles from './settings.module.css'

const IN_14_DAYS = 14 * 86_400_000

export function LeaveSection() {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const me = useMe()
  const lets = useOrganisation()?.lets_people_leave === true
  const name = isolated(useOrganisationName())
  const [isAsking, setAsking] = useState(false)
  const [now] = useState(() => Date.now())
  const leave = useMutation({
    mutationFn: () => call('post', '/v1/me/leave', {}),
    onSuccess: () => depart(queries, { why: 'own', to: links.signIn(undefined, 'left') }),
    onError: (error) => {
      setAsking(false)
      if (!proof.ask(error, () => leave.mutate())) toast(textOf(error), { tone: 'bad' })
    },
  })
  if (!lets || me === undefined) return null
  const erased = day(new Date(now + IN_14_DAYS).toISOString(), i18n.locale)
  return (
    <Section title={t`Leave ${name}`} lead={t`For good: after 14 days your profile, drafts and own contacts here are erased.`}>
      {me.role === 'owner' ? (
        <p><Trans>An owner does not leave. Have a second administrator take the owner's role from you first, under Roles.</Trans></p>
      ) : (
        <Button variant="danger" onPress={() => setAsking(true)}><Trans>Leave …</Trans></Button>
      )}
      <ConfirmDialog title={t`Leave ${name}?`} confirm={t`Leave`} isOpen={isAsking} onOpenChange={setAsking} isPending={leave.isPending} onConfirm={() => leave.mutate()}>
        <ul className={styles.happens}>
          <li><Trans>You are signed out of {name} at once, on every device. Colleagues do not find you any more.</Trans></li>
          <li><Trans>Administrators are told, and hand over your groups, roles and shared contacts.</Trans></li>
          <li><Trans>Until {erased} they can let you in again. Then your profile, drafts and own contacts are erased.</Trans></li>
          <li><Trans>What you wrote to others stays with them until it expires.</Trans></li>
        </ul>
      </ConfirmDialog>
      {proof.dialog}
    </Section>
  )
}
