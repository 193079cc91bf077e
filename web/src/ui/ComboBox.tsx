/** One of many, found by typing. Whoever draws it says which fit what was typed. */
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button, Collection, ComboBox as AriaComboBox, Group, Header, Input, ListBox, ListBoxItem, ListBoxSection, Popover } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import { Icon } from './Icon'
import type { Choice } from './Select'
import { StaysHeard } from './StaysHeard'
import field from './Field.module.css'
import styles from './Select.module.css'

/** Choices that belong together, under what they are called. */
export interface ChoiceGroup {
  id: string
  label: string
  choices: readonly Choice[]
}

interface Props extends FieldText {
  choices: readonly (Choice | ChoiceGroup)[]
  value: string | null
  onChange: (value: string | null) => void
  typed: string
  onType: (typed: string) => void
  placeholder?: string
  /** What stands there while nothing fits. */
  empty: ReactNode
  /** Said below the choices, where there are more than these. */
  more?: ReactNode
  /** Somebody goes away from the field, whatever was typed. */
  onLeave?: () => void
  /** Whether a press opens the choices too, for whoever does not type. */
  canOpen?: boolean
  autoFocus?: boolean
}

export function ComboBox({ label, isLabelHidden, description, errorMessage, choices, value, onChange, typed, onType, placeholder, empty, more, onLeave, canOpen = false, autoFocus }: Props) {
  const control = useRef<HTMLDivElement>(null)
  return (
    <AriaComboBox
      items={choices}
      inputValue={typed}
      onInputChange={onType}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key === null ? null : String(key))}
      onBlur={onLeave}
      isInvalid={Boolean(errorMessage)}
      validationBehavior="aria"
      menuTrigger="focus"
      allowsEmptyCollection
      autoFocus={autoFocus}
      className={field.field}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} />
      <Group ref={control} className={field.control} isInvalid={Boolean(errorMessage)}>
        {/* What is chosen gives way to what is typed. */}
        <Input className={field.input} placeholder={placeholder} onFocus={(event) => event.currentTarget.select()} />
        {canOpen && <Button className={field.reveal}><Icon icon={ChevronDown} size={15} /></Button>}
      </Group>
      <FieldHelp description={description} errorMessage={errorMessage} />
      <Popover className={styles.popover} offset={4}>
        <BackCloses />
        <StaysHeard field={control} />
        {/* It lies outside of the landmarks of the page. */}
        <section aria-label={label} className={styles.heard}>
          <ListBox items={choices} className={styles.list} renderEmptyState={() => <div className={styles.item}>{empty}</div>}>
            {(one) => ('choices' in one ? <Together {...one} /> : <Offered {...one} />)}
          </ListBox>
          {more !== undefined && <div className={styles.more}>{more}</div>}
        </section>
      </Popover>
    </AriaComboBox>
  )
}

function Together({ id, label, choices }: ChoiceGroup) {
  return (
    <ListBoxSection id={id}>
      <Header className={styles.group}>{label}</Header>
      <Collection items={choices}>{(choice) => <Offered {...choice} />}</Collection>
    </ListBoxSection>
  )
}

function Offered({ id, label, detail }: Choice) {
  return (
    <ListBoxItem id={id} textValue={label} className={styles.item}>
      <span className="grow">
        {label}
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
    </ListBoxItem>
  )
}
