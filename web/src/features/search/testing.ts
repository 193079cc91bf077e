/** For the tests of this feature: the palette, with what it takes from others. */
import { act, configure } from '@testing-library/react'
import { afterEach, beforeAll } from 'vitest'
import { MessagesFrame } from '~/features/messages/MessagesFrame'
import { parts } from '~/features/messages/found/parts'
import { provideFinding, stopFinding } from '~/shell/finding'
import { provideFrame } from '~/shell/frame'
import { provideConversationParts } from '~/shell/preview'
import { SearchFrame } from './SearchFrame'

/** In every test of the file that calls it. */
export function provideSearch() {
  beforeAll(() => {
    configure({ asyncUtilTimeout: 15_000 })
    provideFrame(MessagesFrame)
    provideConversationParts(parts)
    provideFinding(SearchFrame)
  })
  afterEach(() => act(() => stopFinding()))
}
