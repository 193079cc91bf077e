/** Where one goes on after a refusal: in the form that was sent, whatever else is on the page. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ApiError } from '~/api/error'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { TextField } from '~/ui/TextField'
import { useForm } from './useForm'

function One({ name }: { name: string }) {
  const form = useForm({ word: '' })
  return (
    <>
      <Form
        id={name}
        aria-label={name}
        onSubmit={(event) => {
          event.preventDefault()
          form.begin()
          if (form.values.word === '') form.refuse('word', 'Say something.')
          else form.fail(new ApiError({ status: 500, code: 'broken' }))
        }}
      >
        {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
        <TextField {...form.bind('word')} label="Word" />
      </Form>
      <Button type="submit" form={name}>{`Send ${name}`}</Button>
    </>
  )
}

test.each(['first', 'second', 'third'])('what is refused in the %s of three forms is found in it', async (name) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const { unmount } = render(<I18nProvider i18n={i18n}>{['first', 'second', 'third'].map((one) => <One key={one} name={one} />)}</I18nProvider>)
  const user = userEvent.setup()
  const all = ['first', 'second', 'third']
  const form = (of: string) => within(screen.getByRole('form', { name: of }))
  const send = (of: string) => user.click(screen.getByRole('button', { name: `Send ${of}` }))
  // In each of the others a field is wrong, and then each says why nothing is done.
  for (const other of all) await send(other)
  await send(name)
  await waitFor(() => expect(document.activeElement).toBe(form(name).getByRole('textbox')))
  for (const other of [...all.filter((one) => one !== name), name]) {
    await user.type(form(other).getByRole('textbox'), 'x')
    await send(other)
    await waitFor(() => expect(document.activeElement).toBe(form(other).getByRole('alert')))
  }
  unmount()
})
