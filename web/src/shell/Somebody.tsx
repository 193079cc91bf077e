/** In place of a name that is not to be found. Whoever sees everybody, hidden people too, knows by it that they are gone. */
import { Trans } from '@lingui/react/macro'
import { useMay, useMe } from './session'

export function Somebody() {
  const may = useMay()
  const seesEverybody = useMe()?.has_part === false && may('people.see')
  return seesEverybody ? <Trans>Former member</Trans> : <Trans>Somebody</Trans>
}
