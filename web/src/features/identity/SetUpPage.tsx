/** Founding an organisation with a set-up code, the first on this server or a further one: five questions. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { call } from '~/api/client'
import { ApiError } from '~/api/error'
import { isLanguage } from '~/shell/language'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { enter, session as sessionQuery } from '~/shell/session'
import { statement as statementQuery } from '~/shell/statement'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { useAccount } from './AccountLine'
import { AdministratorStep } from './setup/AdministratorStep'
import { CodeStep } from './setup/CodeStep'
import { calledIn, forgetSetUp, stepOf, toSetUp, upTo, useSetUpForm } from './setup/form'
import { OrganisationStep } from './setup/OrganisationStep'
import { RetentionStep } from './setup/RetentionStep'
import { SetUpFrame } from './setup/SetUpFrame'
import { StatementStep } from './setup/StatementStep'
import { useChecks } from './setup/useChecks'

const ADMINISTRATOR = 2
const RETENTION = 3
const LAST = 4

export function SetUpPage() {
  const { t, i18n } = useLingui()
  const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  const statement = useQuery(statementQuery(language)).data
  const queries = useQueryClient()
  const router = useRouter()
  const form = useSetUpForm()
  const session = useQuery(sessionQuery()).data
  const signedIn = session ?? null
  const account = useAccount(signedIn)
  const isComplete = useChecks(form, signedIn !== null)
  const [step, setStep] = useState(0)
  const top = useRef<HTMLDivElement>(null)
  const { values } = form

  const show = (next: number) => {
    setStep(next)
    top.current?.scrollIntoView()
  }
  const fail = (error: unknown) => {
    const field = form.fail(error)
    if (field !== undefined) show(stepOf(field))
  }
  // The server says at each step what it would refuse at the end.
  const check = useMutation({
    mutationFn: () => call('post', '/v1/setup/check', { body: upTo(step, toSetUp(values, language, '')) }, { organisation: null }),
    onSuccess: () => {
      // Whoever has a name here need not write it again.
      if (step + 1 === ADMINISTRATOR && values.name === '' && account) form.set('name', account.name)
      show(step + 1)
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'identity.setup_code_wrong') {
        form.refuse('code', t`That is not the code this server printed.`)
        show(0)
      } else fail(error)
    },
  })
  const setUp = useMutation({
    mutationFn: () => call('post', '/v1/setup', { body: toSetUp(values, language, statement?.version ?? '') }, { organisation: null }),
    onSuccess: async (session) => {
      forgetSetUp()
      await enter(queries, session)
      const before = (signedIn?.organisations ?? []).map((place) => place.slug)
      const home = session.organisations.find((place) => !before.includes(place.slug))
      return router.navigate({ href: home ? links.admin(home.slug, 'people') : links.start(), replace: true })
    },
    onError: fail,
  })

  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (!isComplete(step)) return
    if (step < RETENTION) check.mutate()
    else if (step < LAST) show(step + 1)
    else setUp.mutate()
  }

  const steps = [
    { title: t`Set-up code` },
    { title: t`Your organisation`, detail: step > 1 ? calledIn(language, values) : undefined },
    { title: t`First administrator`, detail: step > 2 ? values.name : undefined },
    { title: t`How long messages are kept`, detail: step > 3 ? plural(values.retention, { one: '# day', other: '# days' }) : undefined },
    { title: t`Statement and attestation` },
  ]

  return (
    <Form onSubmit={submit}>
      <PublicTitle>{t`Set-up`}</PublicTitle>
      <SetUpFrame
        steps={steps}
        current={step}
        foot={
          <>
            {step > 0 && (
              <Button variant="ghost" size="l" icon={ArrowLeft} onPress={() => show(step - 1)}>
                <Trans>Back</Trans>
              </Button>
            )}
            <span className="grow" />
            <Button type="submit" variant="primary" size="l" iconEnd={step === LAST ? undefined : ArrowRight} isPending={check.isPending || setUp.isPending}>
              {step === LAST ? <Trans>Open Tulou</Trans> : <Trans>Continue</Trans>}
            </Button>
          </>
        }
      >
        <div ref={top}>
          {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
          {step === 0 && <CodeStep form={form} isNobody={session === null} />}
          {step === 1 && <OrganisationStep form={form} />}
          {step === 2 && <AdministratorStep form={form} signedIn={signedIn} />}
          {step === 3 && <RetentionStep form={form} />}
          {step === 4 && <StatementStep form={form} statement={statement} />}
        </div>
      </SetUpFrame>
    </Form>
  )
}
