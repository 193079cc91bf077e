/** The first people as the import understands them. */
import { useLingui } from '@lingui/react/macro'
import type { ImportSample } from '~/api/types'
import { Section } from '~/shell/Page'
import { Chip } from '~/ui/Chip'
import { Table } from '~/ui/Table'
import { useOutcomes } from './words'

export function SampleTable({ sample }: { sample: readonly ImportSample[] }) {
  const { t } = useLingui()
  const outcomes = useOutcomes()
  return (
    <Section title={t`The first people`}>
      <Table
        label={t`The first people`}
        rows={sample}
        rowKey={(one) => String(one.row)}
        columns={[
          { id: 'name', title: t`Name`, isHead: true, cell: (one) => one.name },
          { id: 'row', title: t`Row`, isNumber: true, cell: (one) => one.row },
          { id: 'outcome', title: t`Outcome`, cell: (one) => <Chip tone={outcomes[one.outcome].tone}>{outcomes[one.outcome].word}</Chip> },
          { id: 'departments', title: t`Departments`, cell: (one) => one.departments.join('; ') || '–' },
        ]}
      />
    </Section>
  )
}
