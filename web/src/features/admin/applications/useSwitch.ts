/** Switches an application, and offers the way back. Whoever did not see the newest setting decides again. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, etagOf, markStale } from '~/api/client'
import { hasCode } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { ApplicationState, ChangeApplication } from '~/api/types'
import { toast } from '~/ui/toast'
import { applicationKeys } from '../queries'
import { useApplicationWords } from './words'

interface Wanted {
  of: ApplicationState
  body: ChangeApplication
  /** It is the way back itself. */
  isUndo?: boolean
}

export function useSwitch() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const wordsOf = useApplicationWords()
  const change = useMutation({
    mutationFn: ({ of, body }: Wanted) => call('put', '/v1/applications/{application}', { path: { application: of.key }, body }, { seen: etagOf(of.decided ?? {}) }),
    onSuccess: async (now, { of, body, isUndo = false }) => {
      const { name } = wordsOf(of.key)
      const { open_to, department_ids } = of.decided ?? { open_to: 'everybody', department_ids: [] }
      const undo = () => change.mutate({ of: now, body: { open_to, department_ids }, isUndo: true })
      if (isUndo) toast(t`${name}: as before`)
      // There is no way back.
      else if (body.stored === 'erased') toast(t`${name} is off, and what is kept for it will be erased`)
      else toast(body.open_to === 'nobody' ? t`${name} is off` : body.open_to === 'everybody' ? t`${name} is on` : t`${name} is on for some`, { undo })
      await markStale(queries, applicationKeys())
    },
    onError: async (error) => {
      toast(textOf(error), { tone: 'bad' })
      if (hasCode(error, 'directory.changed_meanwhile')) await markStale(queries, applicationKeys())
    },
  })
  return change
}
