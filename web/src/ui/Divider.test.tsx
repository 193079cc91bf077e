import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Divider } from './Divider'

function draw(side: 'before' | 'after') {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const onChange = vi.fn()
  render(
    <I18nProvider i18n={i18n}>
      <div data-testid="columns">
        <Divider label="Departments" value={250} min={200} max={300} property="--side" side={side} onChange={onChange} />
      </div>
    </I18nProvider>,
  )
  HTMLElement.prototype.setPointerCapture ??= () => {}
  return { onChange, edge: screen.getByRole('separator', { name: 'Width: Departments' }), columns: screen.getByTestId('columns') }
}

test('keys make a column wider, narrower, as wide as it may be, and as it was made', async () => {
  const { onChange, edge } = draw('before')
  expect([edge.getAttribute('aria-valuenow'), edge.getAttribute('aria-valuemin'), edge.getAttribute('aria-valuemax')]).toEqual(['250', '200', '300'])
  edge.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}{Home}{End}{Enter}')
  expect(onChange.mock.calls).toEqual([[266], [234], [200], [300], [null]])
})

test('a column after its edge grows the other way', async () => {
  const { onChange, edge } = draw('after')
  edge.focus()
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}')
  expect(onChange.mock.calls).toEqual([[234], [266]])
})

test('dragging shows the width at once and keeps it when let go, inside its bounds', () => {
  const { onChange, edge, columns } = draw('before')
  const at = (type: string, clientX: number) => fireEvent(edge, new MouseEvent(type, { bubbles: true, button: 0, clientX }))
  at('pointerdown', 100)
  at('pointermove', 130)
  expect(columns.style.getPropertyValue('--side')).toBe('280px')
  expect(onChange).not.toHaveBeenCalled()
  at('pointermove', 900)
  at('pointerup', 900)
  expect(onChange.mock.calls).toEqual([[300]])
  fireEvent.doubleClick(edge)
  expect(onChange).toHaveBeenLastCalledWith(null)
})

test('a drag the browser takes away leaves the column as it was, and it has no reason to take it away', () => {
  const { onChange, edge, columns } = draw('before')
  const at = (type: string, clientX: number) => fireEvent(edge, new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX }))
  at('pointerdown', 100)
  expect(at('mousedown', 100)).toBe(false)
  expect(document.activeElement).toBe(edge)
  at('pointermove', 130)
  at('pointercancel', 0)
  at('pointermove', 160)
  expect(columns.style.getPropertyValue('--side')).toBe('250px')
  expect(onChange).not.toHaveBeenCalled()
})
