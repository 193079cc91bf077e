/** Narrows what is shown; quiet edge, cleared with Esc. */
import { useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import { Button, Group, Input, SearchField as AriaSearchField, type SearchFieldProps } from 'react-aria-components'
import { Icon } from './Icon'
import styles from './Field.module.css'
import own from './SearchField.module.css'

interface Props extends Omit<SearchFieldProps, 'children' | 'className' | 'style'> {
  label: string
  placeholder?: string
}

export function SearchField({ label, placeholder = label, ...rest }: Props) {
  const { t } = useLingui()
  return (
    <AriaSearchField {...rest} aria-label={label} className={own.search}>
      {({ isEmpty }) => (
        <Group className={styles.control} data-tone="sunken">
          <Icon icon={Search} size={15} />
          <Input className={`${styles.input} ${own.input}`} placeholder={placeholder} />
          {!isEmpty && (
            <Button className={own.clear} aria-label={t`Clear`}>
              <Icon icon={X} size={13} />
            </Button>
          )}
        </Group>
      )}
    </AriaSearchField>
  )
}
