/** State of a form: it mirrors the fields, and a refusal of the server lands on the field it is about. */
import { useEffect, useState } from 'react'
import { ApiError } from '~/api/error'
import { fieldOf, useProblemText } from '~/api/problems'

type Errors<T> = { [name in keyof T]?: string }

/** `names` says which field shows a server field that is called otherwise, e.g. `{ new: 'password' }`. */
export function useForm<T extends Record<string, unknown>>(initial: T, names: Record<string, keyof T & string> = {}) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors<T>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [refusals, setRefusals] = useState(0)
  const textOf = useProblemText()

  // Whoever was refused goes on where something is wrong, or reads why nothing is done.
  useEffect(() => {
    if (refusals > 0) document.querySelector<HTMLElement>('form [aria-invalid=true], form [data-invalid] button')?.focus()
  }, [refusals])
  useEffect(() => {
    // A dialog stands after the page it lies over. A field that is left says so, which has to wait until this is drawn.
    if (problem !== null) queueMicrotask(() => [...document.querySelectorAll<HTMLElement>('form [role=alert][tabindex]')].at(-1)?.focus())
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
    const field = fieldOf(error)
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
    begin: () => {
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
