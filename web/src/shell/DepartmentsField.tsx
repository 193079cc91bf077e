/** Chooses several departments by their names, one after the other (DIR-04). */
import { Plural, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Department } from '~/api/types'
import { ComboBox } from '~/ui/ComboBox'
import { Icon } from '~/ui/Icon'
import { departmentName, departmentOf, departmentPath } from './members'
import { choiceOf, useDepartmentHits, type Fits } from './useDepartmentHits'
import styles from './DepartmentsField.module.css'

/** So many are named; the others are counted. */
const NAMED = 60

interface Props {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  fits?: Fits | undefined
  errorMessage?: string | undefined
}

export function DepartmentsField({ label, value, onChange, fits, errorMessage }: Props) {
  const { t } = useLingui()
  const title = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [seen, setSeen] = useState<readonly Department[]>([])
  // What was chosen last is the choice of the field for as long as it is among them: that closes the list.
  const [last, setLast] = useState<string | null>(null)
  const { all, hits, empty, more } = useDepartmentHits(typed ?? '', fits)
  const choose = (id: string | null) => {
    setTyped(null)
    const one = hits.find((hit) => hit.id === id)
    if (!one || value.includes(one.id)) return
    setSeen([...seen, one])
    setLast(one.id)
    onChange([...value, one.id])
  }
  const takeAway = (id: string) => {
    // Its button is gone with it.
    const buttons = box.current?.querySelectorAll<HTMLElement>('li button') ?? []
    const place = value.indexOf(id)
    const next = buttons[place + 1] ?? buttons[place - 1] ?? box.current?.querySelector('input')
    next?.focus()
    onChange(value.filter((one) => one !== id))
  }
  const nameOf = (id: string) => departmentName(all, id) ?? seen.find((one) => one.id === id)?.name ?? (all.length > 0 ? t`A department that is not there any more` : '…')
  return (
    <div ref={box} role="group" aria-labelledby={title} className={styles.field}>
      <span id={title} className={styles.label}>{label}</span>
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label={t`Chosen`}>
          {value.slice(0, NAMED).map((id) => (
            <Chosen key={id} name={nameOf(id)} path={departmentOf(all, id) && departmentPath(all, id).join(' / ')} onTakeAway={() => takeAway(id)} />
          ))}
          {value.length > NAMED && <li className={styles.rest}><Plural value={value.length - NAMED} one="and # more" other="and # more" /></li>}
        </ul>
      )}
      <ComboBox
        label={label}
        isLabelHidden
        canOpen
        placeholder={t`Name of a department`}
        choices={hits.filter((one) => !value.includes(one.id)).map((one) => choiceOf(all, one))}
        empty={hits.length > 0 ? t`All of these are chosen.` : empty}
        more={more}
        value={typed === null && last !== null && value.includes(last) ? last : null}
        onChange={choose}
        typed={typed ?? ''}
        onType={setTyped}
        onLeave={() => setTyped(null)}
        errorMessage={errorMessage}
      />
    </div>
  )
}

function Chosen({ name, path, onTakeAway }: { name: string; path: string | undefined; onTakeAway: () => void }) {
  const { t } = useLingui()
  return (
    <li className={styles.chip}>
      <span className="ellipsis" title={path}>{name}</span>
      <Button className={styles.remove} aria-label={t`Take ${name} away`} onPress={onTakeAway}>
        <Icon icon={X} size={13} />
      </Button>
    </li>
  )
}
