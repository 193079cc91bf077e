/** Where a day is named on which somebody leaves or is erased: the clocks that would do it are not in this version. */
import { Trans } from '@lingui/react/macro'

export const NotByItself = () => <Trans>In this version that day brings nothing about by itself: an administrator has to see to it.</Trans>
