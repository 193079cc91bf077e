/** Changes the look, and offers the way back. Whoever did not see the newest decides again. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { hasCode } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Brand } from '~/api/types'
import { logoAddress } from '~/shell/brand'
import { toast } from '~/ui/toast'

interface Written {
  name: string
  accent: string
}

const orNull = (text: string) => (text === '' ? null : text)

/** The logo as it is, so that another one can be undone. */
async function logoOf(of: Brand): Promise<Blob | null> {
  const address = logoAddress(of)
  const answer = address === null ? null : await fetch(address)
  return answer?.ok === true ? answer.blob() : null
}

export function useBrandChange(of: Brand) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const stale = () => markStale(queries, [keyOf('/v1/brand')])
  const fail = async (error: unknown) => {
    toast(textOf(error), { tone: 'bad' })
    if (hasCode(error, 'directory.changed_meanwhile')) await stale()
  }
  const write = ({ name, accent }: Written, seen: Brand) => call('put', '/v1/brand', { body: { name: orNull(name), accent: orNull(accent) } }, { seen: etagOf(seen) })
  const putLogo = (logo: Blob, seen: Brand) => call('put', '/v1/brand/logo', { body: logo }, { seen: etagOf(seen) })
  const dropLogo = (seen: Brand) => call('delete', '/v1/brand/logo', {}, { seen: etagOf(seen) })
  const undo = (act: () => Promise<unknown>) => ({ undo: () => void act().then(stale, fail) })

  const save = useMutation({
    mutationFn: (wanted: Written) => write(wanted, of),
    onSuccess: async (now) => {
      await stale()
      toast(t`Saved`, undo(() => write({ name: of.name ?? '', accent: of.accent ?? '' }, now)))
    },
    onError: (error) => (hasCode(error, 'directory.changed_meanwhile') ? stale() : undefined),
  })
  const setLogo = useMutation({
    mutationFn: async (logo: Blob) => {
      const before = await logoOf(of)
      return { before, now: await putLogo(logo, of) }
    },
    onSuccess: async ({ before, now }) => {
      await stale()
      toast(t`Logo saved`, undo(() => (before ? putLogo(before, now) : dropLogo(now))))
    },
    onError: fail,
  })
  const removeLogo = useMutation({
    mutationFn: async () => {
      const before = await logoOf(of)
      return { before, now: await dropLogo(of) }
    },
    onSuccess: async ({ before, now }) => {
      await stale()
      toast(t`Logo removed`, before ? undo(() => putLogo(before, now)) : {})
    },
    onError: fail,
  })
  return { save, setLogo, removeLogo }
}
