/** What joining asks for: one field to sign in with, told apart by its shape. */
import { useLingui } from '@lingui/react/macro'
import { SHORTEST } from '~/lib/password'
import type { useForm } from '~/shell/useForm'

export interface JoinFields extends Record<string, unknown> {
  name: string
  login: string
  password: string
  accepts: boolean
  isAdult: boolean
  remember: boolean
}

/** An address with @ is e-mail, digits are a phone number, anything else a user id. */
export function splitLogin(login: string): { user_id: string | null; phone: string | null; email: string | null } {
  const text = login.trim()
  const nothing = { user_id: null, phone: null, email: null }
  if (text === '') return nothing
  if (text.includes('@')) return { ...nothing, email: text }
  if (/^\+?[\d\s()-]{6,}$/.test(text)) return { ...nothing, phone: text }
  return { ...nothing, user_id: text }
}

export function useJoinChecks(form: ReturnType<typeof useForm<JoinFields>>) {
  const { t } = useLingui()
  const { values, refuse } = form
  const check = (isSignedIn: boolean): boolean => {
    const problems: [keyof JoinFields, string][] = []
    if (values.name.trim() === '') problems.push(['name', t`This is needed.`])
    if (!isSignedIn && values.login.trim() === '') problems.push(['login', t`This is needed.`])
    if (!isSignedIn && Array.from(values.password).length < SHORTEST) problems.push(['password', t`This is too short.`])
    if (!values.accepts) problems.push(['accepts', t`Please agree to go on.`])
    if (!values.isAdult) problems.push(['isAdult', t`Please confirm that you are an adult.`])
    for (const [name, text] of problems) refuse(name, text)
    return problems.length === 0
  }
  return { check, loginParts: () => splitLogin(values.login) }
}
