/** The field a search is written in, with the filters it has as chips before the words. */
import { useLingui } from '@lingui/react/macro'
import { Search } from 'lucide-react'
import type { ComponentProps, Ref } from 'react'
import { Icon } from '~/ui/Icon'
import { RingProgress } from '~/ui/RingProgress'
import { FilterChips } from './FilterChips'
import type { DraftState } from './query/useDraft'
import styles from './QueryField.module.css'

interface Props extends Pick<ComponentProps<'input'>, 'role' | 'aria-expanded' | 'aria-controls' | 'aria-autocomplete' | 'aria-activedescendant' | 'onKeyDown' | 'autoFocus'> {
  draft: DraftState
  label: string
  placeholder: string
  /** The answer has been on its way for a while. */
  isAsking: boolean
  onComposing: (isComposing: boolean) => void
  input?: Ref<HTMLInputElement>
}

export function QueryField({ draft, label, placeholder, isAsking, onComposing, input, onKeyDown, ...combo }: Props) {
  const { t } = useLingui()
  const { filters, text } = draft.draft
  return (
    <div className={styles.field}>
      <span className={styles.sign}>
        <Icon icon={Search} size={20} />
        {isAsking && <span className={styles.ring}><RingProgress size={32} label={t`Searching`} /></span>}
      </span>
      <FilterChips filters={filters} onRemove={draft.widen} />
      <input
        {...combo}
        ref={input}
        className={styles.input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={200}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => draft.write(event.target.value)}
        onCompositionStart={() => onComposing(true)}
        onCompositionEnd={() => onComposing(false)}
        onKeyDown={(event) => {
          const last = lastOf(filters)
          const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
          if (event.key === 'Backspace' && isAtStart && last !== undefined && !event.nativeEvent.isComposing) draft.widen(last)
          else onKeyDown?.(event)
        }}
      />
    </div>
  )
}

function lastOf(filters: DraftState['draft']['filters']) {
  return (['kind', 'before', 'after', 'in', 'from'] as const).find((name) => filters[name] !== undefined)
}
