/** What a text field offers, a line each. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '~/ui/Checkbox'
import { TextArea } from '~/ui/TextArea'

interface Props {
  listed: string
  isOnly: boolean
  onListed: (listed: string) => void
  onOnly: (isOnly: boolean) => void
  errorMessage?: string | undefined
}

export function ListField({ listed, isOnly, onListed, onOnly, errorMessage }: Props) {
  const { t } = useLingui()
  return (
    <>
      <TextArea label={t`What is offered`} description={t`Optional. A line each, in the order in which they are offered.`} rows={5} value={listed} onChange={onListed} errorMessage={errorMessage} />
      {listed.trim() !== '' && (
        <Checkbox isSelected={isOnly} onChange={onOnly} description={t`What people have already stays until it is changed.`}>
          <Trans>Only what stands in the list</Trans>
        </Checkbox>
      )}
    </>
  )
}
