import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'
import { problem } from '../../../mock/handlers'
import { safeNext } from './SignInPage'

beforeEach(() => localStorage.clear())

const nobody = { isSetUp: true, session: null }

test('a wrong password is told without saying which part was wrong, and the password is emptied', async () => {
  serve({}, (state) => Object.assign(state, nobody))
  const { user } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'something else{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('That account and password do not match.')
  expect(screen.getByLabelText('Password')).toHaveProperty('value', '')
})

test('a user ID that may exist in several organisations is asked for the right one in words, once', async () => {
  serve({}, (state) => Object.assign(state, nobody, { isShared: true }))
  const { user } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'something else{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('Several organisations share this server: say which is yours.')
  await user.type(screen.getByLabelText('Short name of the organisation'), 'yunwu')
  await user.type(screen.getByLabelText('Password'), 'something else{Enter}')
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('That account and password do not match.'))
})

test('where there is one organisation nobody is asked which it is', async () => {
  serve({}, (state) => Object.assign(state, nobody))
  const { user } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'something else{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('That account and password do not match.')
  expect(screen.queryByLabelText('Short name of the organisation')).toBeNull()
})

test('an address is known to be of one account: no organisation is asked for', async () => {
  serve({}, (state) => Object.assign(state, nobody))
  const { user } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen@example.org')
  await user.type(screen.getByLabelText('Password'), 'something else{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('That account and password do not match.')
  expect(screen.queryByLabelText('Short name of the organisation')).toBeNull()
})

test('an empty field is named before the server is asked', async () => {
  const { asked } = serve({}, (state) => Object.assign(state, nobody))
  const { user } = await open('/sign-in')
  await user.click(await screen.findByRole('button', { name: 'Sign in' }))
  expect(await screen.findByText('This is needed.')).toBeTruthy()
  expect(asked.some((call) => call.method === 'POST')).toBe(false)
})

test('somebody who must change the password is led to it (ACC-06)', async () => {
  serve({ 'POST /v1/sessions': (_, state) => ({ status: 201, body: { ...state.session, id: 's', account_id: 'a', organisations: [], must: ['change_password'], statement_version: '0.2', expires_at: '2026-12-01T00:00:00Z' } }) }, (state) => Object.assign(state, nobody))
  const { user, router } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'bob')
  await user.type(screen.getByLabelText('Password'), 'initial-one{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/welcome'))
})

test('who has just typed the initial password types it again only when the server wants it (ACC-06)', async () => {
  let tries = 0
  const { asked } = serve({ 'POST /v1/password': () => (++tries === 1 ? problem(422, 'invalid', { field: 'current', why: 'is_missing' }) : { status: 204, body: null }) }, (state) => Object.assign(state.session ?? {}, { must: ['change_password'] }))
  const { user } = await open('/welcome')
  await user.type(await screen.findByLabelText('New password'), 'correct-horse-battery')
  expect(screen.queryByLabelText('The password you were given')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Use this password' }))
  await user.type(await screen.findByLabelText('The password you were given'), 'kiln-osprey')
  await user.click(screen.getByRole('button', { name: 'Use this password' }))
  await waitFor(() => expect(asked.filter((call) => call.method === 'POST').map((call) => call.body)).toEqual([{ new: 'correct-horse-battery' }, { new: 'correct-horse-battery', current: 'kiln-osprey' }]))
})

test('too many tries are told in words', async () => {
  serve({ 'POST /v1/sessions': () => problem(429, 'rate_limited', { retry_after_s: 30 }) }, (state) => Object.assign(state, nobody))
  const { user } = await open('/sign-in')
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'abc{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('That was too often.')
})

test('the way back after signing in never leaves this host', () => {
  expect(safeNext('/o/yunwu/people')).toBe('/o/yunwu/people')
  expect(safeNext('//evil.example')).toBeUndefined()
  expect(safeNext('/\\evil.example')).toBeUndefined()
  expect(safeNext('https://evil.example')).toBeUndefined()
})

test.each([
  ['/sign-in?organisation=fenghe', '/o/fenghe/messages'],
  ['/sign-in?organisation=fenghe&next=%2Fo%2Ffenghe%2Fpeople', '/o/fenghe/people'],
  ['/sign-in?organisation=fenghe&next=%2Fo%2Fyunwu%2Fpeople', '/o/fenghe/messages'],
  ['/sign-in?organisation=nowhere', '/o/yunwu/messages'],
])('%s opens the organisation that was named', async (address, place) => {
  serve({}, (state) => Object.assign(state, nobody))
  const { user, router } = await open(address)
  await user.type(await screen.findByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'correct horse battery{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe(place))
})

test('whoever lost their access is promised no reason that nobody shows', async () => {
  serve({}, (state) => Object.assign(state, nobody))
  await open('/sign-in?bye=suspended')
  expect(await screen.findByText('Your access to this organisation has ended. Ask an administrator.')).toBeTruthy()
})
