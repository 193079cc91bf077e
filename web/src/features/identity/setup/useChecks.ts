/** What can be said before asking the server: that something needed is missing. */
import { useLingui } from '@lingui/react/macro'
import { SHORTEST } from '~/lib/password'
import type { SetUpFields, SetUpForm } from './form'

export function useChecks(form: SetUpForm) {
  const { t } = useLingui()
  const { values, refuse } = form
  const needed: (keyof SetUpFields & string)[][] = [['code'], ['industry', 'contact_name'], ['name', 'password'], [], ['accepts', 'isAdult', 'attests']]
  const isEmpty = (name: string) => {
    const value = values[name]
    return value === false || (typeof value === 'string' && value.trim() === '')
  }
  return (step: number): boolean => {
    const missing = (needed[step] ?? []).filter(isEmpty)
    for (const name of missing) refuse(name, name === 'isAdult' ? t`Please confirm that you are an adult.` : step === 4 ? t`Please agree to go on.` : t`This is needed.`)
    let isFine = missing.length === 0
    if (step === 1 && isEmpty('name_zh') && isEmpty('name_en')) {
      refuse('name_zh', t`Give the organisation a name in one of the two languages.`)
      isFine = false
    }
    if (step === 1 && isEmpty('contact_phone') && isEmpty('contact_email')) {
      refuse('contact_email', t`Give a phone number or an e-mail address.`)
      isFine = false
    }
    if (step === 2 && isEmpty('user_id') && isEmpty('phone') && isEmpty('email')) {
      refuse('user_id', t`You need one of these to sign in.`)
      isFine = false
    }
    if (step === 2 && !isEmpty('password') && Array.from(values.password).length < SHORTEST) {
      refuse('password', t`This is too short.`)
      isFine = false
    }
    return isFine
  }
}
