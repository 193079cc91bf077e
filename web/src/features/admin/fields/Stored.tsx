/** Of how many people something stands in a field. */
import { plural } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { AnswerOf } from '~/api/client'
import { useProblemText } from '~/api/problems'

export type FieldValues = AnswerOf<'get', '/v1/fields/{field}/values'>

export function Stored({ of }: { of: UseQueryResult<FieldValues> }) {
  const textOf = useProblemText()
  if (of.isError) return <>{textOf(of.error)}</>
  if (!of.data) return <Trans>Counting what stands in it …</Trans>
  const { count } = of.data
  if (count === 0) return <Trans>Nothing stands in this field.</Trans>
  return <>{plural(count, { one: 'Something stands in this field of # person.', other: 'Something stands in this field of # people.' })}</>
}
