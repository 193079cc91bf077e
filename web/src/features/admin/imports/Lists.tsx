/** The lists of an import: what their columns are, and a second list beside the first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Ref } from 'react'
import { call, markStale } from '~/api/client'
import type { Import, ImportList, ImportMapping } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { Section } from '~/shell/Page'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { DropFile } from './DropFile'
import { HeadFields } from './HeadFields'
import { MappingTable } from './MappingTable'
import { OthersLeave } from './OthersLeave'
import { PathFields } from './PathFields'
import styles from './imports.module.css'
import { importKeys, upload } from './queries'
import { useUploadProblem } from './words'

const isRecognised = (list: ImportList) => list.mapping.fields.includes('name') || list.mapping.fields.includes('path')

interface Props {
  of: Import
  /** Where a second list is added. */
  second: Ref<HTMLElement>
}

export function Lists({ of, second }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const problemText = useUploadProblem()
  const again = () => markStale(queries, importKeys())
  const change = useMutation({
    mutationFn: (body: ImportMapping) => call('put', '/v1/imports/{import}/mapping', { path: { import: of.id }, body }),
    onSuccess: again,
  })
  const add = useMutation({ mutationFn: (file: File) => upload(file, of.id), onSuccess: again })
  const error = change.error ?? add.error
  const first = of.lists[0]
  return (
    <>
      {error && <div className={styles.said}><Banner tone="bad" isAlert>{problemText(error, change.error ? undefined : add.variables)}</Banner></div>}
      {first && <Alike isAsked={of.report.problems.some((one) => one.code === 'department_sounds_alike')} mapping={first.mapping} isPending={change.isPending} onChange={(mapping) => change.mutate(mapping)} />}
      {of.lists.map((list) => (
        <Section
          key={list.mapping.kind}
          title={list.mapping.kind === 'people' ? t`Columns of the list of people` : t`Columns of the list of departments`}
          lead={t`What is wrongly understood can be changed here.`}
        >
          {!isRecognised(list) && (
            <div className={styles.said}><Banner tone="warn"><Trans>No column with names was recognised. Choose below which row has the titles and what the columns are.</Trans></Banner></div>
          )}
          {list.file_name && <p className={styles.quiet}><FileName name={untwisted(list.file_name)} /></p>}
          {!change.isPending && <HeadFields list={list} onChange={(mapping) => change.mutate(mapping)} />}
          {change.isPending ? <Skeleton kind="table" /> : <MappingTable list={list} onChange={(mapping) => change.mutate(mapping)} />}
          {list.mapping.kind === 'people' && <OthersLeave mapping={list.mapping} isPending={change.isPending} onChange={(mapping) => change.mutate(mapping)} />}
          {(list.mapping.fields.includes('departments') || list.mapping.fields.includes('path')) && (
            <PathFields key={JSON.stringify(list.mapping)} mapping={list.mapping} isPending={change.isPending} onChange={(mapping) => change.mutate(mapping)} />
          )}
        </Section>
      ))}
      {of.lists.length < 2 && (
        <Section anchor={second} title={of.lists[0]?.mapping.kind === 'departments' ? t`Add the list of people` : t`Add the list of departments`} lead={t`Some products export two lists, in which departments go by numbers.`}>
          <DropFile isPending={add.isPending} onFile={(file) => add.mutate(file)}><Trans>Both are read together.</Trans></DropFile>
        </Section>
      )}
    </>
  )
}

const FileName = ({ name }: { name: string }) => <Trans>File: {name}</Trans>

interface AlikeProps {
  isAsked: boolean
  mapping: ImportMapping
  isPending: boolean
  onChange: (mapping: ImportMapping) => void
}

/** Whether a new department that sounds like one that is here is that one; both lists follow what the first says. */
function Alike({ isAsked, mapping, isPending, onChange }: AlikeProps) {
  const turn = (joins_alike: boolean) => onChange({ ...mapping, joins_alike })
  if (mapping.joins_alike === true) {
    return (
      <div className={styles.said}>
        <Banner action={<Button size="s" isPending={isPending} onPress={() => turn(false)}><Trans>Make new ones</Trans></Button>}>
          <Trans>Departments that sound like one that is here are taken for it.</Trans>
        </Banner>
      </div>
    )
  }
  if (!isAsked) return null
  return (
    <div className={styles.said}>
      <Banner tone="warn" action={<Button size="s" isPending={isPending} onPress={() => turn(true)}><Trans>Use the existing ones</Trans></Button>}>
        <Trans>New departments would stand beside others that sound alike; you see them under “To decide”.</Trans>
      </Banner>
    </div>
  )
}
