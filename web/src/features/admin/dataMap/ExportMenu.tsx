/** Takes the records of processing away, prints them, or begins an impact assessment with what the map knows. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useProblemText } from '~/api/problems'
import { transfer } from '~/api/transfer'
import type { RecordsFormat } from '~/api/types'
import { saveFile } from '~/lib/saveFile'
import { Button } from '~/ui/Button'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'

const NAMES: Record<RecordsFormat, string> = { csv: 'processing.csv', json: 'processing.json', assessment: 'assessment.md' }

export function ExportMenu({ onPrint }: { onPrint: () => void }) {
  const { t, i18n } = useLingui()
  const textOf = useProblemText()
  const take = useMutation({
    mutationFn: async (format: RecordsFormat) => {
      const answer = await transfer(`/v1/data-map/records?format=${format}&language=${i18n.locale}`, { method: 'GET' })
      return { file: await answer.blob(), name: NAMES[format] }
    },
    onSuccess: ({ file, name }) => saveFile(file, name),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  return (
    <Menu label={t`Export`} trigger={<Button icon={Download} isPending={take.isPending}><Trans>Export</Trans></Button>}>
      <MenuItem onAction={() => take.mutate('csv')} detail={t`Records of processing, for a spreadsheet program`}>CSV</MenuItem>
      <MenuItem onAction={() => take.mutate('json')} detail={t`Records of processing, for other programs`}>JSON</MenuItem>
      <MenuItem onAction={() => take.mutate('assessment')} detail={t`Begun with what the map knows, as Markdown`}><Trans>Impact assessment</Trans></MenuItem>
      <MenuItem onAction={onPrint} detail={t`What the filters leave`}><Trans>Print</Trans></MenuItem>
    </Menu>
  )
}
