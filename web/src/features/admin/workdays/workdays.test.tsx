import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve, typeDay } from '../../../../mock/render'

test('a holiday is added and saved with the version that was seen; who comes second is told', async () => {
  const year = new Date().getFullYear()
  let isOutdated = false
  const own: Record<string, Handler> = {
    'PATCH /v1/workdays': () => (isOutdated ? problem(412, 'directory.changed_meanwhile') : { status: 200, body: {} }),
  }
  const { asked } = serve(own)
  const { user } = await open('/o/yunwu/admin/workdays')
  await typeDay(user, await screen.findByRole('group', { name: 'First day' }), `0110${year}`)
  await typeDay(user, screen.getByRole('group', { name: 'Last day' }), `0310${year}`)
  await user.click(screen.getByRole('button', { name: 'Add' }))
  expect(within(screen.getByRole('table', { name: 'Special days' })).getAllByRole('row')).toHaveLength(1 + 3)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  const saved = asked.find((call) => call.method === 'PATCH' && call.url === '/v1/workdays')
  expect(saved?.body).toMatchObject({ week: [true, true, true, true, true, false, false], year: { year, days: [{ day: `${year}-10-01`, kind: 'holiday' }, {}, {}] } })
  expect(saved?.headers.get('if-match')).toBe('"0"')
  isOutdated = true
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/Somebody else changed the working days meanwhile/)).toBeTruthy()
})

test('a day that is worked anyway is not made up', async () => {
  serve()
  const year = new Date().getFullYear()
  const first = (weekday: number) => `0${[1, 2, 3, 4, 5, 6, 7].find((of) => new Date(Date.UTC(year, 9, of)).getUTCDay() === weekday)}10${year}`
  const [monday, sunday] = [first(1), first(0)]
  const { user } = await open('/o/yunwu/admin/workdays')
  await typeDay(user, await screen.findByRole('group', { name: 'First day' }), monday)
  expect(screen.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', false)
  await user.click(screen.getByRole('button', { name: /Kind/ }))
  await user.click(await screen.findByRole('option', { name: 'Worked, to make up for a holiday' }))
  expect(await screen.findByText(/Only free days make up for others/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', true)
  await typeDay(user, screen.getByRole('group', { name: 'First day' }), sunday)
  expect(screen.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', false)
})

test('days that do not follow each other, or go on into another year, are not entered in part', async () => {
  const year = new Date().getFullYear()
  serve()
  const { user } = await open('/o/yunwu/admin/workdays')
  const last = () => screen.getByRole('group', { name: 'Last day' })
  const add = () => screen.getByRole('button', { name: 'Add' })
  await typeDay(user, await screen.findByRole('group', { name: 'First day' }), `1010${year}`)
  expect(add()).toHaveProperty('disabled', false)
  await typeDay(user, last(), `0510${year}`)
  expect(await screen.findByText('Not before the first day.')).toBeTruthy()
  expect(add()).toHaveProperty('disabled', true)
  await typeDay(user, last(), `0201${year + 1}`)
  expect(await screen.findByText(/What goes on into another year is entered there/)).toBeTruthy()
  expect(add()).toHaveProperty('disabled', true)
})
