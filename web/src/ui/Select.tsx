/** One of a few. On a phone the list is as easy to hit as on a desk. */
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, type SelectProps } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import { Icon } from './Icon'
import field from './Field.module.css'
import styles from './Select.module.css'

export interface Choice<Id extends string = string> {
  id: Id
  label: string
  detail?: ReactNode
}

interface Props<Id extends string> extends Omit<SelectProps<Choice<Id>>, 'children' | 'className' | 'style' | 'value' | 'onChange'>, FieldText {
  choices: readonly Choice<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  size?: 'm' | 'l'
}

export function Select<Id extends string>({ label, isLabelHidden, description, errorMessage, aside, choices, value, onChange, size = 'm', ...rest }: Props<Id>) {
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key)
        if (chosen) onChange(chosen.id)
      }}
      isInvalid={Boolean(errorMessage)}
      validationBehavior="aria"
      className={field.field}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <Button className={`${field.control} ${styles.button}`} data-size={size} data-invalid={errorMessage ? true : undefined}>
        <SelectValue className={styles.value}>{({ defaultChildren, isPlaceholder, selectedText }) => (isPlaceholder ? defaultChildren : selectedText)}</SelectValue>
        <Icon icon={ChevronDown} size={15} />
      </Button>
      <FieldHelp description={description} errorMessage={errorMessage} />
      <Popover className={styles.popover} offset={4}>
        <BackCloses />
        <ListBox items={choices} className={styles.list}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={styles.item}>
              {({ isSelected }) => (
                <>
                  <span className="grow">
                    {choice.label}
                    {choice.detail !== undefined && <span className={styles.detail}>{choice.detail}</span>}
                  </span>
                  {isSelected && <Icon icon={Check} size={15} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
