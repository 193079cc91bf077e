/** What is emphasised is drawn as its script is, whatever the language of the interface. */
import { expect, test } from 'vitest'
import { asAnn } from '../testing'
import { MessageText } from './MessageText'

test('Chinese gets its dots and letters lean, also beside each other', async () => {
  const { container } = await asAnn(() => <MessageText text="*请 soon 来*，*now*" mentions={[]} callsAll={false} />)
  const [mixed, latin] = container.querySelectorAll('em')
  expect([mixed?.textContent, latin?.textContent]).toEqual(['请 soon 来', 'now'])
  expect([...container.querySelectorAll('.dotted')].map((run) => run.textContent)).toEqual(['请', '来'])
})
