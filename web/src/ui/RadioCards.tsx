/** A few answers, each with room to say what it means. */
import type { ReactNode } from 'react'
import { Radio, RadioGroup, type RadioGroupProps } from 'react-aria-components'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import field from './Field.module.css'
import styles from './RadioCards.module.css'

export interface RadioCard<Id extends string = string> {
  id: Id
  title: string
  detail?: ReactNode
}

interface Props<Id extends string> extends Omit<RadioGroupProps, 'children' | 'className' | 'style' | 'value' | 'onChange'>, FieldText {
  cards: readonly RadioCard<Id>[]
  value: Id | null
  onChange: (value: Id) => void
  columns?: number
}

export function RadioCards<Id extends string>({ label, isLabelHidden, description, errorMessage, aside, cards, value, onChange, columns = 3, ...rest }: Props<Id>) {
  return (
    <RadioGroup
      {...rest}
      value={value}
      onChange={(id) => {
        const chosen = cards.find((card) => card.id === id)
        if (chosen) onChange(chosen.id)
      }}
      isInvalid={Boolean(errorMessage)}
      className={field.field}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <div className={styles.cards} data-columns={columns}>
        {cards.map((card) => (
          <Radio key={card.id} value={card.id} className={styles.card}>
            <span className={styles.head}>
              {card.title}
              <span className={styles.mark} aria-hidden="true" />
            </span>
            {card.detail !== undefined && <span className={styles.detail}>{card.detail}</span>}
          </Radio>
        ))}
      </div>
      <FieldHelp description={description} errorMessage={errorMessage} />
    </RadioGroup>
  )
}
