/** Narrows the data map by whom it is about, by kinds of data, grounds and rules. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ComposedMap } from '~/api/types'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Select } from '~/ui/Select'
import { choicesOf } from './activities'
import styles from './dataMap.module.css'
import type { MapSearch } from './filter'
import { useMapWords } from './useMapWords'

interface Props {
  map: ComposedMap
  search: MapSearch
  onChange: (search: MapSearch) => void
}

const ALL = 'all'

export function MapFilters({ map, search, onChange }: Props) {
  const { t } = useLingui()
  const { word } = useMapWords(map)
  const choices = choicesOf(map)
  const part = <K extends keyof MapSearch>(key: K, value: MapSearch[K] | undefined) => {
    const { [key]: _, ...others } = search
    onChange(value === undefined ? others : { ...others, [key]: value })
  }
  const select = (key: 'subject' | 'category' | 'ground' | 'rule', label: string, nameOf: (id: string) => string) => (
    <Select
      label={label}
      value={search[key] ?? ALL}
      onChange={(value) => part(key, value === ALL ? undefined : value)}
      choices={[{ id: ALL, label: t`Everything` }, ...choices[key].map((id) => ({ id, label: nameOf(id) }))]}
    />
  )
  const ground = (id: string) => {
    const [law = '', one = ''] = id.split('.')
    return word(law, one)
  }
  return (
    <search className={styles.filters} aria-label={t`Narrow the data map`}>
      {select('subject', t`About whom`, (id) => word('subject', id))}
      {select('category', t`Kind of data`, (id) => word('category', id))}
      {select('ground', t`Legal ground`, ground)}
      {select('rule', t`Rule`, (id) => id)}
      <div className={styles.last}>
        <Checkbox isSelected={search.sensitive === true} onChange={(is) => part('sensitive', is ? true : undefined)}><Trans>Only sensitive data</Trans></Checkbox>
        {Object.keys(search).length > 0 && <Button size="s" onPress={() => onChange({})}><Trans>Show everything</Trans></Button>}
      </div>
    </search>
  )
}
