/** State of a form: it mirrors the fields, and a refusal of the server lands on the field it is about. */
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'

type Errors<T> = { [name in keyof T]?: string }

/** The form that was submitted last: whoever begins is asked to by it. Heard of before its own handlers run. */
let submitted: HTMLFormElement | null = null
addEventListener(
  'submit',
  ({ target }) => {
    submitted = target instanceof HTMLFormElement ? target : null
  },
  true,
)

/** `names` says which field shows a server field that is called otherwise, e.g. `{ new: 'password' }`. */
export function useForm<T extends Record<string, unknown>>(initial: T, names: Record<string, keyof T & string> = {}) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors<T>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [refusals, setRefusals] = useState(0)
  const textOf = useProblemText()

  // Whoever was refused goes on where something is wrong in this form, or reads why nothing is done.
  const own = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusals > 0) own.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid] button')?.focus()
  }, [refusals])
  useEffect(() => {
    // A field that is left says so, which has to wait until this is drawn.
    if (problem !== null) queueMicrotask(() => own.current?.querySelector<HTMLElement>('[role=alert][tabindex]')?.focus())
  }, [problem])

  const refuse = (name: keyof T, text: string) => {
    setErrors((before) => ({ ...before, [name]: text }))
    setRefusals((before) => before + 1)
  }

  const set = <Name extends keyof T>(name: Name, value: T[Name]) => {
    setValues((before) => ({ ...before, [name]: value }))
    setErrors((before) => ({ ...before, [name]: undefined }))
  }

  const shownField = (error: ApiError): (keyof T & string) | undefined => {
    const { field } = error
    if (field === null) return undefined
    const last = field.split('.').at(-1) ?? field
    return names[field] ?? names[last] ?? Object.keys(values).find((name) => name === field || name === last)
  }

  return {
    values,
    errors,
    /** What was refused as a whole, not one field. */
    problem,
    set,
    /** Props of a field that holds `name`. */
    bind: <Name extends keyof T & string>(name: Name) => ({
      name,
      value: values[name],
      onChange: (value: T[Name]) => set(name, value),
      errorMessage: errors[name],
    }),
    refuse,
    /** When it is submitted, before anything is checked. */
    begin: () => {
      own.current = submitted
      setErrors({})
      setProblem(null)
    },
    /** Puts an error where it belongs, and says on which field that was, if on one. */
    fail: (error: unknown): (keyof T & string) | undefined => {
      const field = error instanceof ApiError ? shownField(error) : undefined
      if (field === undefined) setProblem(textOf(error))
      else refuse(field, textOf(error))
      return field
    },
    /** What one has not touched since `before` becomes what somebody else made of it. */
    rebase: (before: T, now: T) =>
      setValues((mine) => {
        const next = { ...mine }
        for (const name in mine) if (JSON.stringify(mine[name]) === JSON.stringify(before[name])) next[name] = now[name]
        return next
      }),
    reset: (next: T) => {
      setValues(next)
      setErrors({})
      setProblem(null)
    },
    hasChanges: Object.keys(values).some((name) => values[name] !== initial[name]),
  }
}
