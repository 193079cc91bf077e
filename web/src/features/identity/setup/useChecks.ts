/** What can be said before asking the server, all of it at once: what is missing, and what cannot be right as it is written. */
import { useLingui } from '@lingui/react/macro'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { isEmail, isPhone, wrongUserId } from '~/lib/contact'
import { SHORTEST } from '~/lib/password'
import type { SetUpFields, SetUpForm } from './form'

type Text = 'contact_phone' | 'contact_email' | 'phone' | 'email' | 'user_id'
type Form = readonly [name: Text, why: (text: string) => string | null]

const phone = (text: string) => (isPhone(text) ? null : 'not_a_phone_number')
const email = (text: string) => (isEmail(text) ? null : 'not_an_email_address')

/** How what stands in a field has to be written. */
const FORMS: Readonly<Record<number, readonly Form[]>> = {
  1: [['contact_phone', phone], ['contact_email', email]],
  2: [['user_id', wrongUserId], ['phone', phone], ['email', email]],
}

export function useChecks(form: SetUpForm, isSignedIn: boolean) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const { values, refuse } = form
  const needed: (keyof SetUpFields & string)[][] = [['code'], ['industry', 'contact_name'], isSignedIn ? ['name'] : ['name', 'password'], [], ['accepts', 'isAdult', 'attests']]
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
    if (step === 2 && !isSignedIn && isEmpty('user_id') && isEmpty('phone') && isEmpty('email')) {
      refuse('user_id', t`You need one of these to sign in.`)
      isFine = false
    }
    if (step === 2 && !isSignedIn && !isEmpty('password') && Array.from(values.password).length < SHORTEST) {
      refuse('password', t`This is too short.`)
      isFine = false
    }
    for (const [name, wrong] of FORMS[step] ?? []) {
      const why = isEmpty(name) ? null : wrong(values[name])
      if (why === null) continue
      refuse(name, textOf(new ApiError({ status: 422, code: 'invalid', field: name, why })))
      isFine = false
    }
    return isFine
  }
}
